package io.livemr.failpoint;

import io.livemr.failpoint.Fault.Action;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A setting of faults, as somebody wrote it.
 *
 * <pre>
 *  setting = part *( ";" part )
 *  part    = POINT "=" action [ ":" MILLIS "ms" ] [ "@" passes ]  /  "seed=" NUMBER  /  "while=" PATH
 *  action  = "kill"  /  "error"  /  "delay"  /  "hold"
 *  passes  = N (that one alone)  /  P "%" (each by chance, from the seed)
 * </pre>
 *
 * {@code {point}} in the path stands for each point's own name.
 */
final class FaultSetting {

    private static final String SEED = "seed";
    private static final String WHILE = "while";
    private static final long LONGEST_HOLD_MILLIS = 60_000;
    private static final Pattern FAULT =
            Pattern.compile("(?<action>kill|error|delay|hold)(:(?<millis>\\d{1,7})ms)?(@(?<passes>\\d{1,9})(?<percent>%)?)?");

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final Random random;
    private final String file;

    FaultSetting(final String setting) {
        for (final String part : setting.split(";")) {
            if (!part.isBlank()) {
                add(part.strip().split("=", 2));
            }
        }
        random = seeded(parts.remove(SEED));
        file = parts.remove(WHILE);
    }

    private void add(final String... sides) {
        if (sides.length < 2) {
            throw wrong("\"" + sides[0] + "\" is not POINT=ACTION");
        }
        if (parts.put(sides[0], sides[1]) != null) {
            throw wrong(sides[0] + " is there twice");
        }
    }

    private static Random seeded(final String seed) {
        try {
            return seed == null ? new Random() : new Random(Long.parseLong(seed));
        } catch (final NumberFormatException e) {
            throw wrong("seed=" + seed + " is not a number");
        }
    }

    Map<FailPoint, Fault> faults() {
        final Map<FailPoint, Fault> faults = new EnumMap<>(FailPoint.class);
        parts.forEach((title, text) -> faults.put(point(title), fault(point(title), text)));
        return faults;
    }

    private static FailPoint point(final String title) {
        return FailPoint.titled(title).orElseThrow(() -> wrong("no point is called " + title + "; there are "
                + Arrays.stream(FailPoint.values()).map(FailPoint::title).collect(Collectors.joining(", "))));
    }

    private Fault fault(final FailPoint point, final String text) {
        final Matcher fault = FAULT.matcher(text);
        if (!fault.matches()) {
            throw wrong(point.title() + "=" + text + " has an unknown action; write kill, error, delay or hold, then perhaps :MILLISms, then perhaps @N or @P%");
        }
        final Action action = Action.valueOf(fault.group("action").toUpperCase(Locale.ROOT));
        if (action == Action.ERROR && !point.canFail()) {
            throw wrong(point.title() + " cannot fail; write kill, delay or hold");
        }
        if (action == Action.DELAY && fault.group("millis") == null) {
            throw wrong(point.title() + "=delay does not say how long; write delay:MILLISms");
        }
        if (action == Action.HOLD && file == null) {
            throw wrong(point.title() + "=hold does not say until when; add while=FILE");
        }
        return new Fault(action, stay(action, point, fault.group("millis")), passes(point, fault));
    }

    private Stay stay(final Action action, final FailPoint point, final String millis) {
        final boolean isHeld = action == Action.HOLD;
        final long most = isHeld ? LONGEST_HOLD_MILLIS : 0;
        return new Stay(millis == null ? most : Long.parseLong(millis), isHeld ? fileOf(point) : null);
    }

    private Path fileOf(final FailPoint point) {
        return Path.of(file.replace("{point}", point.title()));
    }

    private Passes passes(final FailPoint point, final Matcher fault) {
        final Passes hits = hits(point, fault);
        return file == null ? hits : hits.whileThereIs(fileOf(point));
    }

    private Passes hits(final FailPoint point, final Matcher fault) {
        if (fault.group("passes") == null) {
            return Passes.every();
        }
        final int number = Integer.parseInt(fault.group("passes"));
        final boolean isChance = fault.group("percent") != null;
        if (number < 1 || isChance && number > 100) {
            throw wrong(point.title() + "@" + number + " must be 1 or more, and no more than 100%");
        }
        return isChance ? Passes.chance(number, random) : Passes.only(number);
    }

    private static IllegalArgumentException wrong(final String why) {
        return new IllegalArgumentException(FailPoints.VARIABLE + ": " + why + " (docs/fault-injection.md)");
    }
}
