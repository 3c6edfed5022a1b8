package dev.steelyard.core.study;

/** Where long work tells how far it is. Implementations are safe for use by several threads. */
public interface Progress {

    /** Progress that nobody watches. */
    Progress SILENT = new Progress() {
        @Override
        public void update(double fraction, String message) {}

        @Override
        public void say(String line) {}
    };

    /**
     * Reports how far the work is.
     *
     * @param fraction done so far, 0 to 1
     * @param message what is being done, a few words
     */
    void update(double fraction, String message);

    /** Says one line that should stay readable, such as a finished trial's result. */
    void say(String line);
}
