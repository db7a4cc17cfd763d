using System.Runtime.Intrinsics;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Tensors;

/// <summary>Convolutions channel by channel against their plain loops, bit for bit.</summary>
public sealed unsafe class DepthwiseKernelTests
{
    public static TheoryData<int, int, int, int, int> Shapes { get; } = MakeShapes();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_register_width_gives_the_bits_of_the_plain_loops(int height, int width, int channels, int kernel, int stride)
    {
        foreach (Convolution2DOptions options in (Convolution2DOptions[])[new() { Stride = stride, Same = true }, new() { Stride = stride, Padding = kernel / 2 }])
        {
            Case plan = new(height, width, channels, kernel, options);
            float[] x = Numbers.Uniform(height * width * channels, 1), w = Numbers.Uniform(kernel * kernel * channels, 2), b = Numbers.Uniform(channels, 3);
            float[] slopes = Numbers.Uniform(plan.Rows * plan.Columns * channels, 4);
            foreach (int bits in (int[])[0, 128, 256, 512])
            {
                foreach (float cap in (float[])[0, float.PositiveInfinity, 0.5f])
                    Assert.Equal(plan.Forward(x, w, b, cap), plan.Run(bits, x, w, b, cap, isBackward: false));
                Assert.Equal(plan.OfInput(slopes, w), plan.Run(bits, slopes, w, null, cap: 0, isBackward: true));
                Assert.Equal(plan.OfWeight(x, slopes, w), plan.RunWeight(bits, x, slopes, w));
            }
        }
    }

    private static TheoryData<int, int, int, int, int> MakeShapes()
    {
        TheoryData<int, int, int, int, int> shapes = [];
        foreach (int kernel in (int[])[1, 2, 3, 4, 5, 6, 7])
            foreach (int stride in (int[])[1, 2])
                foreach ((int height, int width, int channels) in ((int, int, int)[])[(5, 9, 19), (1, 1, 8), (3, 3, 40), (12, 13, 3), (2, 6, 16), (4, 1, 33)])
                    shapes.Add(height, width, channels, kernel, stride);
        return shapes;
    }

    private sealed record Case(int Height, int Width, int Channels, int Kernel, Convolution2DOptions Options)
    {
        public int Rows => Options.OutputLength(Height, Kernel);

        public int Columns => Options.OutputLength(Width, Kernel);

        private int Above => Options.PaddingBefore(Height, Kernel);

        private int Before => Options.PaddingBefore(Width, Kernel);

        public float[] Forward(float[] x, float[] w, float[] b, float cap)
        {
            float[] y = new float[Rows * Columns * Channels];
            for (int c = 0; c < Channels; c++)
                for (int i = 0; i < Rows; i++)
                    for (int j = 0; j < Columns; j++)
                    {
                        float sum = b[c];
                        foreach ((int tap, int from) in Taps(i, j))
                            sum = Lanes.MultiplyAdd(x[from * Channels + c], w[tap * Channels + c], sum);
                        y[(i * Columns + j) * Channels + c] = cap > 0 ? Math.Clamp(sum, 0, cap) : sum;
                    }
            return y;
        }

        /// <summary>Each input's taps in order, so outputs from the last to the first.</summary>
        public float[] OfInput(float[] slopes, float[] w)
        {
            float[] dx = new float[Height * Width * Channels];
            for (int c = 0; c < Channels; c++)
                for (int i = Rows - 1; i >= 0; i--)
                    for (int j = Columns - 1; j >= 0; j--)
                        foreach ((int tap, int from) in Taps(i, j))
                        {
                            ref float sum = ref dx[from * Channels + c];
                            sum = Lanes.MultiplyAdd(slopes[(i * Columns + j) * Channels + c], w[tap * Channels + c], sum);
                        }
            return dx;
        }

        /// <summary>A row's columns in four sums.</summary>
        public float[] OfWeight(float[] x, float[] slopes, float[] start)
        {
            float[] dw = [.. start];
            for (int c = 0; c < Channels; c++)
                for (int tap = 0; tap < Kernel * Kernel; tap++)
                {
                    float[] sums = [start[tap * Channels + c], 0, 0, 0];
                    for (int i = 0; i < Rows; i++)
                    {
                        (int Column, int From)[] row =
                            [.. Enumerable.Range(0, Columns).SelectMany(j => Taps(i, j).Where(taken => taken.Tap == tap).Select(taken => (j, taken.From)))];
                        for (int n = 0; n < row.Length; n++)
                        {
                            ref float sum = ref sums[n < row.Length / 4 * 4 ? n % 4 : 0];
                            sum = Lanes.MultiplyAdd(slopes[(i * Columns + row[n].Column) * Channels + c], x[row[n].From * Channels + c], sum);
                        }
                    }
                    dw[tap * Channels + c] = sums[0] + sums[1] + (sums[2] + sums[3]);
                }
            return dw;
        }

        public float[] Run(int bits, float[] source, float[] w, float[]? start, float cap, bool isBackward)
        {
            TapAxis rows = isBackward ? new(Rows, Height, Kernel, Options.Stride, Above, isBackward) : new(Height, Rows, Kernel, Options.Stride, Above, isBackward);
            TapAxis columns = isBackward ? new(Columns, Width, Kernel, Options.Stride, Before, isBackward) : new(Width, Columns, Kernel, Options.Stride, Before, isBackward);
            float[] result = new float[rows.Targets * columns.Targets * Channels];
            fixed (float* from = InTensor(source), weight = InTensor(w), beginning = start is null ? default : InTensor(start), to = result)
            {
                DepthwiseImage image = new()
                {
                    Source = from, SourceColumns = isBackward ? Columns : Width, Target = to, TargetColumns = columns.Targets,
                    Weight = weight, KernelColumns = Kernel, Channels = Channels, Start = beginning, Cap = cap,
                };
                if (bits == 128)
                    DepthwiseKernel.Run<Lanes128<float>, Vector128<float>>(rows, columns, image);
                else if (bits == 256)
                    DepthwiseKernel.Run<Lanes256<float>, Vector256<float>>(rows, columns, image);
                else if (bits == 512)
                    DepthwiseKernel.Run<Lanes512<float>, Vector512<float>>(rows, columns, image);
                else
                    DepthwiseKernel.Run(rows, columns, image);
            }
            return result;
        }

        public float[] RunWeight(int bits, float[] x, float[] slopes, float[] start)
        {
            TapAxis rows = new(Height, Rows, Kernel, Options.Stride, Above, isBackward: false);
            TapAxis columns = new(Width, Columns, Kernel, Options.Stride, Before, isBackward: false);
            Span<float> result = InTensor(start);
            fixed (float* from = InTensor(x), to = InTensor(slopes), weight = result)
            {
                DepthwiseImage image = new()
                {
                    Source = from, SourceColumns = Width, Target = to, TargetColumns = Columns, Weight = weight, KernelColumns = Kernel, Channels = Channels,
                };
                if (bits == 128)
                    DepthwiseKernel.AddWeightGradient<Lanes128<float>, Vector128<float>>(rows, columns, image, Kernel);
                else if (bits == 256)
                    DepthwiseKernel.AddWeightGradient<Lanes256<float>, Vector256<float>>(rows, columns, image, Kernel);
                else if (bits == 512)
                    DepthwiseKernel.AddWeightGradient<Lanes512<float>, Vector512<float>>(rows, columns, image, Kernel);
                else
                    DepthwiseKernel.AddWeightGradient(rows, columns, image, Kernel);
            }
            return result.ToArray();
        }

        /// <summary>The taps of an output in order, with the pixel that each reads; those on padding left out.</summary>
        private IEnumerable<(int Tap, int From)> Taps(int i, int j)
        {
            for (int ky = 0; ky < Kernel; ky++)
                for (int kx = 0; kx < Kernel; kx++)
                {
                    int row = i * Options.Stride + ky - Above, column = j * Options.Stride + kx - Before;
                    if (row >= 0 && row < Height && column >= 0 && column < Width)
                        yield return (ky * Kernel + kx, row * Width + column);
                }
        }

        /// <summary>Tensor memory, behind whose end kernels may read.</summary>
        private static Span<float> InTensor(float[] values) => new Tensor(new Shape(values.Length), values).Span;
    }
}
