package io.livemr.control.input;

/**
 * One input file of a job.
 *
 * @param number       its place in the job's list, from 0.
 * @param hdfsPath     where it is linked while the job runs.
 * @param composer     address of the composer that was or is being asked; null before.
 * @param composedFile its name there; null before the composer's answer.
 * @param owner        who owns the file in the guest, where that is known.
 * @param pinned       whether the job sees no more of it than was there when it was linked.
 */
public record InputFile(String jobId, int number, String vm, String path, String hdfsPath, String composer, String composedFile,
                        InputState state, String reason, String message, String owner, String grantedBy, Long lengthBytes, boolean pinned) {

    /** One that nobody was asked for yet. */
    public static InputFile waiting(final String jobId, final int number, final String vm, final String path, final String hdfsPath, final boolean pinned) {
        return new InputFile(jobId, number, vm, path, hdfsPath, null, null, InputState.WAITING, null, null, null, null, null, pinned);
    }

    /** The same as its composer tells it now. */
    InputFile told(final String name, final InputState now, final String why, final String words, final String who, final String by,
                   final Long bytes) {
        return new InputFile(jobId, number, vm, path, hdfsPath, composer, name, now, why, words, who, by, bytes, pinned);
    }

    /** The owner's answer, as composers name it: the composed file and the place in it. Null before there is one. */
    public String grant() {
        return composedFile == null ? null : composedFile + "-0";
    }

    /** How messages name it. */
    public String label() {
        return vm + ":" + path;
    }
}
