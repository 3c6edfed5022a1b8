package dev.steelyard.torch;

import org.bytedeco.pytorch.AutoGradMode;

/** Within it, this thread's operations are not recorded for differentiation. */
public final class NoGrad implements AutoCloseable {

    private final AutoGradMode mode;

    private NoGrad(AutoGradMode mode) {
        this.mode = mode;
    }

    /** Stops recording until the returned object is closed. */
    public static NoGrad open() {
        Torch.load();
        AutoGradMode mode = new AutoGradMode(false);
        mode.retainReference();
        return new NoGrad(mode);
    }

    @Override
    public void close() {
        // Not a release of the reference: a scope around this one holds another, and would put the end off to its own.
        mode.deallocate();
    }
}
