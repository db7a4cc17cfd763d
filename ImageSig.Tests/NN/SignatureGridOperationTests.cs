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

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Overlapping_windows_stand_behind_those_of_the_grid_half_a_window_further(int window)
    {
        SignatureGrid grid = new(channels: 2, depth: 2, window);
        int height = 2 * window, width = 3 * window, shift = window / 2;
        SignatureGridLayer layer = new("signatures", grid, overlaps: true);
        Assert.Equal(new(2, 3, 2 * grid.Features), layer.OutputShape(new(height, width, 2)));
        GradientCheck.Verify(
            [new(2, height, width, 2)],
            (tape, x) => layer.Forward(tape, x[0]),
            x =>
            {
                double[] moved =
                [
                    .. from sample in Enumerable.Range(0, 2)
                       from i in Enumerable.Range(0, height)
                       from j in Enumerable.Range(0, width)
                       from c in Enumerable.Range(0, 2)
                       select x[0][((sample * height + Math.Min(i + shift, height - 1)) * width + Math.Min(j + shift, width - 1)) * 2 + c],
                ];
                double[] own = new double[2 * 2 * 3 * grid.Features], further = new double[own.Length];
                grid.Forward<double>(x[0], 2, height, width, own);
                grid.Forward<double>(moved, 2, height, width, further);
                return [.. own.Chunk(grid.Features).Zip(further.Chunk(grid.Features), (first, second) => (double[])[.. first, .. second]).SelectMany(cell => cell)];
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
