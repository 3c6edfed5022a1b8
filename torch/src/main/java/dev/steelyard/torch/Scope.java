package dev.steelyard.torch;

import java.util.Iterator;
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
    private final Thread thread = Thread.currentThread();
    private boolean closed;

    private Scope(PointerScope pointers) {
        this.pointers = pointers;
    }

    /** Opens a scope on this thread, inside the one that is open already, if any. */
    public static Scope open() {
        Torch.load();
        return new Scope(new PointerScope());
    }

    /**
     * Hands a tensor on to the scope around this one, or, where there is none, to the caller, who closes it.
     *
     * @throws IllegalStateException if the tensor was freed, or this scope is closed or another thread's
     */
    public Tensor keep(Tensor tensor) {
        var pointer = tensor.pointer();
        Iterator<PointerScope> around = around();
        pointer.retainReference();
        if (around.hasNext()) {
            around.next().attach(pointer);
            pointer.releaseReference();
        }
        return tensor;
    }

    /** The scopes around this one, from the inside to the outside. */
    private Iterator<PointerScope> around() {
        Iterator<PointerScope> scopes = PointerScope.getScopeIterator();
        while (scopes.hasNext()) {
            if (scopes.next() == pointers) {
                return scopes;
            }
        }
        throw new IllegalStateException(
                closed ? "this scope is closed; keep a tensor before its end" : ofAnother("keeps tensors"));
    }

    private String ofAnother(String does) {
        return "a scope " + does + " for the thread that opened it, " + thread.getName() + ", not for "
                + Thread.currentThread().getName() + "; open one on each thread";
    }

    /**
     * Frees what was made in it and not kept; a second time nothing happens.
     *
     * @throws IllegalStateException if another thread opened it, whose new tensors would go on into it
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(ofAnother("closes"));
        }
        closed = true;
        pointers.close();
    }
}
