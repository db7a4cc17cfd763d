using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>The signature grid as an operation on a tape. It stands here since tensors know nothing of signatures.</summary>
internal static class SignatureGridOperation
{
    /// <summary>Windows' mean points and signatures along rows and columns.</summary>
    /// <param name="tape">Where it is recorded.</param>
    /// <param name="images">[B, H, W, C], H and W multiples of the window.</param>
    /// <param name="grid">Prepared for C channels.</param>
    /// <returns>[B, H / L, W / L, grid.Features].</returns>
    public static Tensor SignatureGrid(this Tape tape, Tensor images, SignatureGrid grid)
    {
        (int batch, int height, int width) = (images.Shape[0], images.Shape[1], images.Shape[2]);
        Tensor output = tape.Result(new Shape(batch, height / grid.Window, width / grid.Window, grid.Features), images.RequiresGradient);
        grid.Forward<float>(images.Span, batch, height, width, output.Span);
        if (output.RequiresGradient)
        {
            GridOp operation = tape.Reuse<GridOp>() ?? new GridOp();
            (operation.Images, operation.Grid, operation.Arena) = (images, grid, tape.Arena);
            tape.Record(operation, output);
        }
        return output;
    }

    private sealed class GridOp : TapeOp
    {
        public Tensor Images { get; set; } = null!;

        public SignatureGrid Grid { get; set; } = null!;

        public TensorArena Arena { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            Span<float> outer = gradients.Of(Output);
            Span<float> inner = gradients.Of(Images, out bool isNew);
            (int batch, int height, int width) = (Images.Shape[0], Images.Shape[1], Images.Shape[2]);
            if (isNew)
            {
                Grid.Backward<float>(Images.Span, batch, height, width, outer, inner);
                return;
            }
            Span<float> own = Arena.Allocate(Images.Shape).Span;
            Grid.Backward<float>(Images.Span, batch, height, width, outer, own);
            ReduceKernel.Add(own, inner);
        }
    }
}
