using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>[H, W, C] to a grid of signatures of windows along rows and columns, [H / L, W / L, 2 (C + C + C² + …)].</summary>
/// <param name="name">Unique in its model.</param>
/// <param name="grid">Prepared for C channels, a depth and a window of L steps.</param>
/// <param name="overlaps">Whether each cell holds, behind its own numbers, those of the windows that lie half a window further down and right: twice as many.</param>
public sealed class SignatureGridLayer(string name, SignatureGrid grid, bool overlaps = false) : Layer(name)
{
    /// <summary>What it computes.</summary>
    internal SignatureGrid Grid => grid;

    /// <summary>How far down and right the second windows lie; 0 if there are none.</summary>
    internal int Shift => overlaps ? grid.Window / 2 : 0;

    private int Grids => overlaps ? 2 : 1;

    /// <inheritdoc/>
    public override string Kind => $"Signature grid, {(overlaps ? "overlapping " : "")}windows of {grid.Window}, depth {grid.Layout.Depth}";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) =>
        input.Rank == 3 && input[2] == grid.Layout.Channels && input[0] % grid.Window == 0 && input[1] % grid.Window == 0
            ? new Shape(input[0] / grid.Window, input[1] / grid.Window, Grids * grid.Features)
            : throw new ArgumentException(
                $"{Name} (signature grid): the input is {input}; it must be [H, W, {grid.Layout.Channels}] with H and W multiples of {grid.Window}. Use another image size or window.");

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input) => Grids * grid.MultiplyAdds(input[0], input[1]);

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => overlaps
        ? tape.Concat(tape.SignatureGrid(input, grid), tape.SignatureGrid(tape.Shift2D(input, Shift, Shift), grid))
        : tape.SignatureGrid(input, grid);
}
