package io.livemr.system.failpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.failpoint.FailPoint;
import io.livemr.lab.LabVm;
import io.livemr.system.Site;
import java.util.List;
import java.util.Random;

/** The stories of one site, each of which surely passes some points. */
final class Stories {
    /** Asks owners. */
    static final String ASKER = Site.REQUESTER;
    /** Whom the VM's administrator lets read everything. */
    static final String TRUSTED = "robot";

    private final Site site;
    private final LabVm vm;
    private final StandingFile standing;

    Stories(final Site site, final LabVm vm, final StandingFile standing) {
        this.site = site;
        this.vm = vm;
        this.standing = standing;
    }

    /** @param tag part of the names of all that the story makes. */
    Story passing(final FailPoint point, final String tag, final Random random) {
        final OwnedFile file = new OwnedFile(site, vm, "/data/" + tag, random);
        final List<Story> all = switch (point.title().split("\\.")[0]) {
            case "compose", "ask", "pin" -> List.of(new Consent(file));
            case "state", "index" -> List.of(new Consent(file), new Revocation(file));
            case "announce" -> List.of(new Consent(file));
            case "grow", "append" -> List.of(recovery -> standing.grow(random, recovery));
            case "revoke", "unpin" -> List.of(new Revocation(file));
            case "delete" -> List.of(new Deletion(file));
            case "link", "follow" -> List.of(new Link(site, vm, standing, "/" + tag, random));
            case "kill" -> List.of(new Job(site, vm, file, true));
            case "jar", "submit", "input", "run", "step", "end", "clean" -> List.of(new Job(site, vm, file, false));
            default -> throw new IllegalArgumentException("no story passes " + point.title());
        };
        return all.get(random.nextInt(all.size()));
    }

    /** The owner is asked, and says yes. */
    private record Consent(OwnedFile file) implements Story {
        @Override
        public void begin() {
            file.create();
        }

        @Override
        public void live(final Recovery recovery) throws Exception {
            recovery.await("live", this::isLive);
        }

        private boolean isLive() throws Exception {
            final JsonNode found = file.composeFor(ASKER);
            if (found.path("state").asText().equals("LIVE")) {
                return file.isRight(found);
            }
            final JsonNode source = found.at("/sources/0");
            if (source.path("state").asText().equals("AWAITING_CONSENT") && source.path("owner").isTextual()) {
                file.answer("--yes");
            }
            return false;
        }

        @Override
        public void end(final Recovery recovery) throws Exception {
            recovery.await("deleted", () -> file.isDeleted(file.composeFor(ASKER).path("name").asText()));
        }
    }

    /** Live by policy before the story. */
    private abstract static class OfLiveFile implements Story {
        final OwnedFile file;
        String name;

        OfLiveFile(final OwnedFile file) {
            this.file = file;
        }

        @Override
        public void begin() throws Exception {
            file.create();
            new Recovery().await("live", this::isLive);
        }

        private boolean isLive() throws Exception {
            final JsonNode found = file.composeFor(TRUSTED);
            name = found.path("name").asText();
            return found.path("state").asText().equals("LIVE") && file.isRight(found);
        }
    }

    /** The owner takes it back. */
    private final class Revocation extends OfLiveFile {
        Revocation(final OwnedFile file) {
            super(file);
        }

        @Override
        public void live(final Recovery recovery) throws Exception {
            recovery.await("revoked", this::isRevoked);
        }

        private boolean isRevoked() throws Exception {
            final JsonNode found = site.file(name);
            if (found.path("state").asText().equals("REVOKED")) {
                return found.path("reason").asText().equals("owner_revoked");
            }
            file.answer("--revoke");
            return false;
        }

        @Override
        public void end(final Recovery recovery) throws Exception {
            recovery.await("deleted", () -> file.isDeleted(name));
        }
    }

    /** The requester needs it no more. */
    private static final class Deletion extends OfLiveFile {
        Deletion(final OwnedFile file) {
            super(file);
        }

        @Override
        public void live(final Recovery recovery) throws Exception {
            recovery.await("deleted", () -> file.isDeleted(name));
        }
    }
}
