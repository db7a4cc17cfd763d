using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tensors.Kernels;

/// <summary>Windows of one image [H, W, C] as rows of kernel · kernel · C numbers, and back.</summary>
internal readonly unsafe struct Convolution2DGeometry(
    int height, int width, int channels, int kernelHeight, int kernelWidth, Convolution2DOptions options, int outputHeight, int outputWidth)
{
    private readonly int above = options.PaddingBefore(height, kernelHeight);
    private readonly int before = options.PaddingBefore(width, kernelWidth);

    /// <summary>Numbers of one image.</summary>
    public int SampleCount => height * width * channels;

    /// <summary><c>rows[i · W' + j, (ky, kx, c)] = x[i·stride + ky − above, j·stride + kx − before, c]</c>, 0 outside.</summary>
    public void Unfold(float* x, float* rows)
    {
        int line = kernelWidth * channels;
        for (int i = 0; i < outputHeight; i++)
        {
            for (int j = 0; j < outputWidth; j++)
            {
                for (int ky = 0; ky < kernelHeight; ky++, rows += line)
                {
                    Span<float> to = new(rows, line);
                    (int start, int skip, int count) = Line(i, j, ky);
                    if (count < line)
                        to.Clear();
                    if (count > 0)
                        new ReadOnlySpan<float>(x + start, count).CopyTo(to[skip..]);
                }
            }
        }
    }

    /// <summary>Adds every row back to where <see cref="Unfold"/> read it, rows in order.</summary>
    public void AddFolded(float* rows, float* x)
    {
        int line = kernelWidth * channels;
        for (int i = 0; i < outputHeight; i++)
        {
            for (int j = 0; j < outputWidth; j++)
            {
                for (int ky = 0; ky < kernelHeight; ky++, rows += line)
                {
                    (int start, int skip, int count) = Line(i, j, ky);
                    if (count > 0)
                        ReduceKernel.Add(new ReadOnlySpan<float>(rows + skip, count), new Span<float>(x + start, count));
                }
            }
        }
    }

    /// <summary>The part of a window's line that lies inside the image: where it begins there, how much is skipped, how much there is.</summary>
    private (int Start, int Skip, int Count) Line(int i, int j, int ky)
    {
        int y = i * options.Stride + ky - above;
        int left = j * options.Stride - before;
        int from = Math.Max(left, 0);
        int to = Math.Min(left + kernelWidth, width);
        return y < 0 || y >= height || to <= from
            ? (0, 0, 0)
            : ((y * width + from) * channels, (from - left) * channels, (to - from) * channels);
    }
}
