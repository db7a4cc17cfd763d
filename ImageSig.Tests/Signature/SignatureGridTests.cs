using System.Runtime.Intrinsics;
using ImageSig.Signature;
using ImageSig.Signature.Kernels;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Signature;

public class SignatureGridTests
{
    [Theory]
    [InlineData(3, 1, 2, 4, 6)]
    [InlineData(8, 2, 4, 32, 32)]
    [InlineData(16, 2, 3, 6, 9)]
    [InlineData(3, 3, 4, 8, 12)]
    [InlineData(1, 2, 1, 3, 5)]
    [InlineData(5, 2, 8, 16, 8)]
    [InlineData(4, 4, 3, 6, 9)]
    public void A_cell_holds_the_mean_point_and_mean_signature_of_its_windows(int channels, int depth, int window, int height, int width)
    {
        var grid = new SignatureGrid(channels, depth, window);
        double[] images = RandomPaths.Uniform(1, 2, height * width, channels);
        double[] cells = new double[2 * (height / window) * (width / window) * grid.Features];
        grid.Forward<double>(images, 2, height, width, cells);
        double[] expected = Plain(images, 2, height, width, channels, depth, window);
        Assert.Equal(expected.Length, cells.Length);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], cells[index], 1e-13);
    }

    [Fact]
    public void The_models_grid_has_160_numbers_a_cell() => Assert.Equal(160, new SignatureGrid(8, 2, 4).Features);

    [Theory]
    [InlineData(3, 1, 2, 4, 6)]
    [InlineData(8, 2, 4, 16, 16)]
    [InlineData(3, 3, 4, 8, 12)]
    [InlineData(1, 2, 1, 3, 5)]
    public void The_gradient_equals_finite_differences(int channels, int depth, int window, int height, int width)
    {
        const double Step = 1e-5;
        var grid = new SignatureGrid(channels, depth, window);
        double[] images = RandomPaths.Uniform(1, 2, height * width, channels), gradients = new double[images.Length];
        double[] cells = new double[2 * (height / window) * (width / window) * grid.Features];
        double[] cotangents = RandomPaths.Uniform(2, 1, 1, cells.Length);
        grid.Backward<double>(images, 2, height, width, cotangents, gradients);
        for (int trial = 0; trial < 40; trial++)
        {
            int pixel = new Random(trial).Next(images.Length);
            double saved = images[pixel];
            images[pixel] = saved + Step;
            double up = Value();
            images[pixel] = saved - Step;
            double down = Value();
            images[pixel] = saved;
            Assert.Equal((up - down) / (2 * Step), gradients[pixel], 1e-8);
        }

        double Value()
        {
            grid.Forward<double>(images, 2, height, width, cells);
            return cells.Zip(cotangents, (cell, weight) => cell * weight).Sum();
        }
    }

    /// <summary>With 8, 16 or 24 channels and depth 2 lanes hold channels where those fill them, else cells.</summary>
    [Theory]
    [InlineData(8, 2, 4, 32, 32)]
    [InlineData(8, 2, 3, 9, 6)]
    [InlineData(16, 2, 2, 4, 10)]
    [InlineData(24, 2, 1, 3, 2)]
    [InlineData(24, 2, 2, 4, 6)]
    [InlineData(8, 2, 16, 32, 16)]
    [InlineData(8, 2, 65, 65, 130)]
    [InlineData(3, 3, 2, 6, 14)]
    [InlineData(2, 2, 1, 5, 3)]
    public unsafe void Every_width_and_any_threads_give_the_same_bits(int channels, int depth, int window, int height, int width)
    {
        var grid = new SignatureGrid(channels, depth, window);
        float[] images = RandomPaths.ToFloat(RandomPaths.Uniform(1, 3, height * width, channels));
        int count = 3 * (height / window) * (width / window) * grid.Features;
        float[] cotangents = RandomPaths.ToFloat(RandomPaths.Uniform(2, 1, 1, count));
        float[] forward = new float[count], other = new float[count], backward = new float[images.Length], otherBack = new float[images.Length];
        grid.Forward<float>(images, 3, height, width, forward);
        grid.Backward<float>(images, 3, height, width, cotangents, backward);
        grid.Forward<float>(images, 3, height, width, other, threads: 2);
        grid.Backward<float>(images, 3, height, width, cotangents, otherBack, threads: 3);
        Assert.Equal(forward, other);
        Assert.Equal(backward, otherBack);
        fixed (float* image = images, cell = other, cotangent = cotangents, gradient = otherBack)
        {
            GridRequest<float> request = new() { Layout = grid.Layout, Batch = 3, Window = window, Height = height, Width = width, Images = image, Cells = cell };
            GridRequest<float> back = request with { Cells = cotangent, Gradients = gradient };
            AssertSame<Lanes128<float>, Vector128<float>>(request, back);
            AssertSame<Lanes256<float>, Vector256<float>>(request, back);
            AssertSame<Lanes512<float>, Vector512<float>>(request, back);
        }

        void AssertSame<TLanes, TVector>(GridRequest<float> request, GridRequest<float> back)
            where TLanes : struct, ILanes<TVector, float>
            where TVector : struct
        {
            Array.Fill(other, float.NaN);
            Array.Fill(otherBack, float.NaN);
            new SignatureDispatch<GridRequest<float>, float>(request, 1).Run<TLanes, TVector>();
            new SignatureDispatch<GridRequest<float>, float>(back, 1).Run<TLanes, TVector>();
            Assert.Equal(forward, other);
            Assert.Equal(backward, otherBack);
        }
    }

    [Fact]
    public void Wrong_shapes_are_named_with_their_numbers()
    {
        var grid = new SignatureGrid(8, 2, 4);
        Assert.Equal("SignatureGrid.Forward: the images are 30 high and 32 wide; both must be multiples of the window, 4. Resize or crop them first. (Parameter 'height')",
            Assert.Throws<ArgumentException>(() => grid.Forward<float>(new float[30 * 32 * 8], 1, 30, 32, new float[1])).Message);
        Assert.Equal("SignatureGrid.Forward: cells must be [1, 8, 8, 160], 10240 numbers, but holds 1. (Parameter 'cells')",
            Assert.Throws<ArgumentException>(() => grid.Forward<float>(new float[32 * 32 * 8], 1, 32, 32, new float[1])).Message);
        // The product is 2⁶⁴.
        Assert.Equal("SignatureGrid.Forward: images must be [1073741824, 32768, 32768, 16], 18446744073709551616 numbers, but holds 0. (Parameter 'images')",
            Assert.Throws<ArgumentException>(() => new SignatureGrid(16, 1, 1).Forward<float>(default, 1 << 30, 1 << 15, 1 << 15, default)).Message);
        Assert.StartsWith("SignatureGrid: window is 0;", Assert.Throws<ArgumentOutOfRangeException>(() => new SignatureGrid(8, 2, 0)).Message, StringComparison.Ordinal);
    }

    /// <summary>The definition, one window at a time.</summary>
    private static double[] Plain(double[] images, int batch, int height, int width, int channels, int depth, int window)
    {
        var transform = new SignatureTransform(channels, depth);
        List<double> result = [];
        for (int image = 0; image < batch; image++)
            for (int row = 0; row < height / window; row++)
                for (int column = 0; column < width / window; column++)
                    for (int direction = 0; direction < 2; direction++)
                    {
                        double[] mean = new double[channels], signature = new double[transform.Layout.Length], one = new double[transform.Layout.Length];
                        for (int line = 0; line < window; line++)
                        {
                            double[] path = [.. Enumerable.Range(0, window + 1).SelectMany(point => direction == 0
                                ? Pixel(image, row * window + line, Math.Min(column * window + point, width - 1))
                                : Pixel(image, Math.Min(row * window + point, height - 1), column * window + line))];
                            transform.Forward<double>(path, 1, window + 1, one);
                            for (int index = 0; index < one.Length; index++)
                                signature[index] += one[index] / window;
                            for (int index = 0; index < path.Length; index++)
                                mean[index % channels] += path[index] / (window * (window + 1));
                        }
                        result.AddRange(mean);
                        result.AddRange(signature);
                    }
        return [.. result];

        double[] Pixel(int image, int y, int x) => images[(((image * height + y) * width + x) * channels)..(((image * height + y) * width + x + 1) * channels)];
    }
}
