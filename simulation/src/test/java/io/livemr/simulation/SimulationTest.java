package io.livemr.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.simulation.host.Tally;
import io.livemr.simulation.schedule.PlantedBug;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -Dseeds=N} runs more of them, {@code -Dseed=S} begins with a certain one. */
class SimulationTest {

    private static final long SEEDS = Long.getLong("seeds", 1_000);
    /** Within so many each planted bug must be found; always the same ones, as it is the search that is tested. */
    private static final int SEEDS_TO_FIND_A_BUG = 500;

    @TempDir
    private Path folder;

    private static long firstSeed() {
        final String given = System.getProperty("seed", "");
        return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
    }

    private Tally run(final long firstSeed, final long seeds, final Set<PlantedBug> bugs) throws BrokenPromiseException {
        final Simulation simulation = new Simulation(folder, bugs);
        simulation.run(firstSeed, seeds);
        return simulation.tally();
    }

    /** The message of a failure says how to replay its seed. */
    @Test
    void shouldReadNothingButBytesOfTheFile() {
        assertThatCode(() -> run(firstSeed(), SEEDS, Set.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindThePlantedBug(final PlantedBug bug) {
        assertThatThrownBy(() -> run(0, SEEDS_TO_FIND_A_BUG, EnumSet.of(bug)))
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessageContaining("replay: ./livemr bench simulate --seeds 1 --seed ");
    }

    /** Else nothing would be shown: a reader that refuses everything keeps S1, too. */
    @Test
    void shouldAnswerAndRefuseManyReads() throws Exception {
        final Tally tally = run(0, 100, Set.of());

        assertThat(tally.rightReads()).isGreaterThan(500);
        assertThat(tally.refusedReads()).containsKeys(
                "lease_over", "layout_changing", "not_mapped", "owner_revoked", "revocation_pending", "session_lost");
    }

    @Test
    void shouldDoTheSameForTheSameSeed() throws Exception {
        final Tally first = run(0, 50, Set.of());
        final Tally again = run(0, 50, Set.of());

        assertThat(again.rightReads()).isEqualTo(first.rightReads());
        assertThat(again.refusedReads()).isEqualTo(first.refusedReads());
    }
}
