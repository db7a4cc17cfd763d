using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>The signature grid on the tape: the double grid is its twin, finite differences its gradient.</summary>
public sealed class SignatureGridOperationTests
{
    [Fact]
    public void The_operation_is_the_grid_and_its_gradient_the_grids_backward()
    {
        SignatureGrid grid = new(channels: 2, depth: 2, window: 2);
        GradientCheck.Verify(
            [new(2, 4, 6, 2)],
            (tape, x) => tape.SignatureGrid(x[0], grid),
            x =>
            {
                double[] cells = new double[2 * 2 * 3 * grid.Features];
                grid.Forward<double>(x[0], 2, 4, 6, cells);
                return cells;
            });
    }

    [Fact]
    public void An_image_used_twice_gets_both_gradients()
    {
        SignatureGrid grid = new(channels: 1, depth: 2, window: 2);
        GradientCheck.Verify(
            [new(1, 2, 2, 1)],
            (tape, x) =>
            {
                var image = tape.Tanh(x[0]);
                return tape.Add(tape.SignatureGrid(image, grid), tape.SignatureGrid(image, grid));
            },
            x =>
            {
                double[] cells = new double[grid.Features];
                grid.Forward<double>([.. x[0].Select(Math.Tanh)], 1, 2, 2, cells);
                return [.. cells.Select(cell => 2 * cell)];
            });
    }
}
