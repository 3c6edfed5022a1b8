package dev.steelyard.torch;

import org.bytedeco.javacpp.PointerScope;

/**
 * The lifetime of tensors: whatever this thread makes while a scope is open is freed when it closes, save what was
 * {@linkplain #keep kept}. Put one around every step of a training loop.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *     Tensor loss = model.loss(batch);
 *     loss.backward();
 *     optimizer.step();
 * }
 * }</pre>
 *
 * A tensor made outside every scope lives until it is closed, or until the garbage collector finds it.
 */
public final class Scope implements AutoCloseable {

    private final PointerScope pointers;

    private Scope(PointerScope pointers) {
        this.pointers = pointers;
    }

    /** Opens a scope on this thread, inside the one that is open already, if any. */
    public static Scope open() {
        Torch.load();
        return new Scope(new PointerScope());
    }

    /** Hands a tensor on to the scope around this one, or, where there is none, to the caller, who closes it. */
    public Tensor keep(Tensor tensor) {
        tensor.pointer.retainReference();
        PointerScope outer = outer();
        if (outer != null) {
            outer.attach(tensor.pointer);
            tensor.pointer.releaseReference();
        }
        return tensor;
    }

    private PointerScope outer() {
        PointerScope outer = null;
        for (var scopes = PointerScope.getScopeIterator(); scopes.hasNext(); ) {
            PointerScope scope = scopes.next();
            if (scope == pointers && scopes.hasNext()) {
                outer = scopes.next();
            }
        }
        return outer;
    }

    @Override
    public void close() {
        pointers.close();
    }
}
