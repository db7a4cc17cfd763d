using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Signatures and log-signatures as operations on a tape. They stand here since tensors know nothing of signatures.</summary>
internal static class SignatureOperation
{
    /// <summary>The signature of every path.</summary>
    /// <param name="tape">Where it is recorded.</param>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="transform">Prepared for C channels.</param>
    /// <returns>[B, F].</returns>
    public static Tensor Signature(this Tape tape, Tensor paths, SignatureTransform transform)
    {
        Check("Signature", paths, transform.Layout.Channels);
        Tensor output = tape.Result(new Shape(paths.Shape[0], transform.Layout.Length), paths.RequiresGradient);
        transform.Forward<float>(paths.Span, paths.Shape[0], paths.Shape[1], output.Span);
        Record(tape, paths, transform, null, output);
        return output;
    }

    /// <summary>The log-signature of every path.</summary>
    /// <param name="tape">Where it is recorded.</param>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="transform">Prepared for C channels.</param>
    /// <returns>[B, L].</returns>
    public static Tensor LogSignature(this Tape tape, Tensor paths, LogSignatureTransform transform)
    {
        Check("LogSignature", paths, transform.Layout.Channels);
        Tensor output = tape.Result(new Shape(paths.Shape[0], transform.Length), paths.RequiresGradient);
        transform.Forward<float>(paths.Span, paths.Shape[0], paths.Shape[1], output.Span);
        Record(tape, paths, null, transform, output);
        return output;
    }

    private static void Check(string operation, Tensor paths, int channels)
    {
        if (paths.Shape.Rank != 3 || paths.Shape[2] != channels)
            throw new ArgumentException($"{operation}: paths is {paths.Shape}; it must be [B, T, {channels}], the channels the transform was prepared for.");
    }

    private static void Record(Tape tape, Tensor paths, SignatureTransform? signature, LogSignatureTransform? logarithm, Tensor output)
    {
        if (!output.RequiresGradient)
            return;
        SignatureOp operation = tape.Reuse<SignatureOp>() ?? new SignatureOp();
        (operation.Paths, operation.Signature, operation.Logarithm, operation.Arena) = (paths, signature, logarithm, tape.Arena);
        tape.Record(operation, output);
    }

    private sealed class SignatureOp : TapeOp
    {
        public Tensor Paths { get; set; } = null!;

        public SignatureTransform? Signature { get; set; }

        public LogSignatureTransform? Logarithm { get; set; }

        public TensorArena Arena { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            Span<float> outer = gradients.Of(Output);
            Span<float> inner = gradients.Of(Paths, out bool isNew);
            Span<float> own = isNew ? inner : Arena.Allocate(Paths.Shape).Span;
            (int batch, int length) = (Paths.Shape[0], Paths.Shape[1]);
            if (Signature is not null)
                Signature.Backward<float>(Paths.Span, batch, length, outer, own);
            else
                Logarithm!.Backward<float>(Paths.Span, batch, length, outer, own);
            for (int index = 0; !isNew && index < inner.Length; index++)
                inner[index] += own[index];
        }
    }
}
