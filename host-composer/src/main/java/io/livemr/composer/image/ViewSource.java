package io.livemr.composer.image;

/** A granted file whose view changes. Safe to share between threads. */
public interface ViewSource {

    /** The view as of now; never null, never blocks. */
    FileView view();

    /** Waits until the view is another one than {@code seen}, or the time is over. */
    void awaitChange(FileView seen, long waitNanos) throws InterruptedException;
}
