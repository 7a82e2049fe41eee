package io.livemr.system.failpoint;

import io.livemr.failpoint.FailPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Every fail point with every program that is not its own. {@code -Dkills=N} has all of it, N times; without it the seed draws {@code -Dcases=6} pairs of
 * programs and a point for each, so that runs one after the other cover all. {@code -Dpoint='grow|link'} has the points whose names begin so, {@code -Dvictim=qemu} that victim alone,
 * {@code -Dkills=1 -Dpart=3/21} every 21st case from the third on: with a number that 5 does not divide a part has all victims.
 */
record Grid(long seed) {
    private static final int KILLS = Integer.getInteger("kills", 0);
    private static final int CASES = Integer.getInteger("cases", 6);
    private static final Pattern POINT = Pattern.compile(System.getProperty("point", ""));
    private static final Pattern VICTIM = Pattern.compile(System.getProperty("victim", ""));
    private static final String[] PART = System.getProperty("part", "1/1").split("/");
    private static final long SEED_LIMIT = 1_000_000;

    Stream<Cell> cells() {
        return KILLS == 0 ? drawn() : all();
    }

    private static Stream<Cell> pairs() {
        return Arrays.stream(FailPoint.values()).filter(point -> POINT.matcher(point.title()).lookingAt()).flatMap(point -> Arrays.stream(Victim.values())
            .filter(victim -> VICTIM.matcher(victim.title()).lookingAt() && !victim.is(point.program())).map(victim -> new Cell(point, victim, 0)));
    }

    private Stream<Cell> all() {
        final List<Cell> pairs = pairs().toList();
        return IntStream.iterate(Integer.parseInt(PART[0]) - 1, i -> i < pairs.size(), i -> i + Integer.parseInt(PART[1])).mapToObj(pairs::get)
            .flatMap(pair -> LongStream.range(0, KILLS).mapToObj(time -> seeded(pair, time)));
    }

    private Stream<Cell> drawn() {
        final Random random = new Random(seed);
        final Map<String, List<Cell>> byPrograms =
            pairs().collect(Collectors.groupingBy(pair -> pair.point().program() + " " + pair.victim(), TreeMap::new, Collectors.toList()));
        final List<List<Cell>> groups = new ArrayList<>(byPrograms.values());
        Collections.shuffle(groups, random);
        return groups.stream().limit(CASES).map(group -> group.get(random.nextInt(group.size()))).map(pair -> seeded(pair, 0));
    }

    /** The same whichever part of the grid runs. */
    private Cell seeded(final Cell pair, final long time) {
        final Random random = new Random(31 * (31 * (31 * seed + pair.point().title().hashCode()) + pair.victim().ordinal()) + time);
        return new Cell(pair.point(), pair.victim(), random.longs(1, 0, SEED_LIMIT).sum());
    }
}
