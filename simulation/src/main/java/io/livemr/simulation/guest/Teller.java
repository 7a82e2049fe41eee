package io.livemr.simulation.guest;

import java.util.List;

/** How a kernel tells of the files it has announced; a stock one tells nothing. */
public interface Teller {

    Teller STOCK = new Teller() {
        @Override
        public void wrote(final GuestFile file, final List<Integer> blocks, final int lengthBytes) {
        }

        @Override
        public void revoke(final GuestFile file) {
        }

        @Override
        public void all(final GuestFile file, final int lengthBytes) {
        }
    };

    /** Data of some of the file's blocks is on the disk; the file was so long when it was sent there. */
    void wrote(GuestFile file, List<Integer> blocks, int lengthBytes);

    /** Nothing of the file is mapped any more when this returns. */
    void revoke(GuestFile file);

    /** The whole file is on the disk and so long. */
    void all(GuestFile file, int lengthBytes);
}
