package dev.steelyard.benchmarks.optim;

import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch's fused and foreach steps of AdamW. The Java binding has neither; TorchScript reaches both. Lists of tensors
 * are made in a function of their own, since a list that is made where it is changed counts as dead and the step is
 * left out.
 */
final class LibtorchAdamW {

    private static final String SOURCE = """
        def listed(tensor):
            return [tensor]

        def fused(w: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], step: List[Tensor]):
            none : List[Tensor] = []
            torch._fused_adamw_(w, g, m, v, none, step, lr=1e-3, beta1=0.9, beta2=0.999, weight_decay=0.01,
                eps=1e-8, amsgrad=False, maximize=False)

        def foreach(w: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], step: List[Tensor]):
            torch._foreach_mul_(w, 0.99999)
            torch._foreach_lerp_(m, g, 0.1)
            torch._foreach_mul_(v, 0.999)
            torch._foreach_addcmul_(v, g, g, 0.001)
            root = torch._foreach_sqrt(v)
            torch._foreach_div_(root, 0.1)
            torch._foreach_add_(root, 1e-8)
            torch._foreach_addcdiv_(w, m, root, -0.0015)
        """;

    private final Function fused;
    private final Function foreach;
    private final IValue[] arguments;

    /** Steps over one weight of random numbers. */
    LibtorchAdamW(int count) {
        CompilationUnit unit = torch.compile(SOURCE);
        fused = unit.get_function(new QualifiedName("fused"));
        foreach = unit.get_function(new QualifiedName("foreach"));
        Function listed = unit.get_function(new QualifiedName("listed"));
        Tensor[] tensors = {
            torch.randn(count),
            torch.randn(count),
            torch.randn(count),
            torch.randn(count).square(),
            torch.ones(1)
        };
        arguments = new IValue[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            arguments[i] = listed.apply(new IValueVector(new IValue(tensors[i])));
        }
    }

    void fused() {
        fused.run(new IValueVector(arguments));
    }

    void foreach() {
        foreach.run(new IValueVector(arguments));
    }
}
