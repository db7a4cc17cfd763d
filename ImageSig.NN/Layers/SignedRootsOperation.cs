using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>Signed roots of signature levels as an operation on a tape. It stands here since tensors know nothing of signatures.</summary>
internal static class SignedRootsOperation
{
    /// <summary>The signed root of every number, by its level.</summary>
    /// <param name="tape">Where it is recorded.</param>
    /// <param name="signatures">[..., F].</param>
    /// <param name="roots">Prepared for rows of F numbers.</param>
    /// <returns>[..., F].</returns>
    public static Tensor SignedRoots(this Tape tape, Tensor signatures, SignedRoots roots)
    {
        Tensor output = tape.Result(signatures.Shape, signatures.RequiresGradient);
        signatures.Span.CopyTo(output.Span);
        roots.Forward(output.Span);
        if (output.RequiresGradient)
        {
            RootsOp operation = tape.Reuse<RootsOp>() ?? new RootsOp();
            (operation.Signatures, operation.Roots) = (signatures, roots);
            tape.Record(operation, output);
        }
        return output;
    }

    private sealed class RootsOp : TapeOp
    {
        public Tensor Signatures { get; set; } = null!;

        public SignedRoots Roots { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            // The gradient of the output is complete and nobody asks for it again, so the product may take its place.
            Span<float> outer = gradients.Of(Output);
            Roots.Backward<float>(Output.Span, outer);
            Span<float> inner = gradients.Of(Signatures, out bool isNew);
            if (isNew)
                outer.CopyTo(inner);
            else
                ReduceKernel.Add(outer, inner);
        }
    }
}
