using System.Runtime.CompilerServices;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tensors.Kernels;

/// <summary>The windows of one image [H, W, C] as rows of kernel · kernel · C numbers: where they lie, overlapping, in the image with its padding.</summary>
internal readonly unsafe struct Convolution2DGeometry(
    int height, int width, int channels, int kernelHeight, int kernelWidth, Convolution2DOptions options, int outputHeight, int outputWidth)
{
    private readonly int above = options.PaddingBefore(height, kernelHeight);
    private readonly int before = options.PaddingBefore(width, kernelWidth);

    /// <summary>Lines that windows reach into, padding included.</summary>
    private readonly int paddedHeight = (outputHeight - 1) * options.Stride + kernelHeight;

    /// <summary>Columns that windows reach into, padding included.</summary>
    private readonly int paddedWidth = (outputWidth - 1) * options.Stride + kernelWidth;

    /// <summary>Numbers of one image.</summary>
    public int SampleCount => height * width * channels;

    /// <summary>Room that <see cref="Pad"/> needs.</summary>
    public int PaddedCount => IsWithin ? 0 : paddedHeight * paddedWidth * channels;

    /// <summary>Whether no window reaches out of the image.</summary>
    private bool IsWithin => above == 0 && before == 0 && paddedHeight <= height && paddedWidth <= width;

    /// <summary>Numbers from a line to the next, of what <see cref="Pad"/> gives.</summary>
    private nint Line => (nint)(IsWithin ? width : paddedWidth) * channels;

    /// <summary>The image with zeros around it as far as windows reach, or the image itself where they stay within.</summary>
    /// <param name="x">[H, W, C].</param>
    /// <param name="room">[<see cref="PaddedCount"/>].</param>
    public float* Pad(float* x, float* room)
    {
        if (IsWithin)
            return x;
        // Where the stride is long, the only window of a line may lie in the padding.
        int left = Math.Min(before, paddedWidth), inside = Math.Min(width, paddedWidth - left);
        int zeros = left * channels, numbers = inside * channels, end = (paddedWidth - left - inside) * channels;
        float* to = room;
        for (int line = 0; line < paddedHeight; line++, to += Line)
        {
            int y = line - above;
            if (y < 0 || y >= height)
            {
                new Span<float>(to, paddedWidth * channels).Clear();
                continue;
            }
            new Span<float>(to, zeros).Clear();
            new ReadOnlySpan<float>(x + (nint)y * width * channels, numbers).CopyTo(new Span<float>(to + zeros, numbers));
            new Span<float>(to + zeros + numbers, end).Clear();
        }
        return room;
    }

    /// <summary><c>A[i · W' + j, (ky, kx, c)] = x[i·stride + ky − above, j·stride + kx − before, c]</c>, 0 outside.</summary>
    /// <param name="padded">What <see cref="Pad"/> gave.</param>
    public LeftMatrix Windows(float* padded) => new(padded, outputWidth, options.Stride * Line, (nint)options.Stride * channels, columnStride: 1)
    {
        ColumnsPerGroup = kernelWidth * channels,
        ColumnGroupStride = Line,
    };

    /// <summary>The transpose of <see cref="Windows"/>.</summary>
    public LeftMatrix WindowsTransposed(float* padded) => new(padded, kernelWidth * channels, Line, rowStride: 1, (nint)options.Stride * channels)
    {
        ColumnsPerGroup = outputWidth,
        ColumnGroupStride = options.Stride * Line,
    };

    /// <summary>Adds every row of <see cref="Windows"/> back to where it was read, rows in order; what was padding is dropped.</summary>
    /// <param name="rows">[H' · W', (ky, kx, c)].</param>
    /// <param name="x">[H, W, C].</param>
    [MethodImpl(Hot.Loop)]
    public void AddFolded(float* rows, float* x)
    {
        int line = kernelWidth * channels, step = options.Stride * channels, numbers = width * channels;
        for (int i = 0; i < outputHeight; i++)
        {
            for (int ky = 0; ky < kernelHeight; ky++)
            {
                int y = i * options.Stride + ky - above;
                if (y < 0 || y >= height)
                    continue;
                float* to = x + (nint)y * numbers;
                float* from = rows + ((nint)i * outputWidth * kernelHeight + ky) * line;
                for (int j = 0, left = -before * channels; j < outputWidth; j++, left += step, from += kernelHeight * line)
                {
                    int first = Math.Max(left, 0), count = Math.Min(left + line, numbers) - first;
                    if (count > 0)
                        ReduceKernel.Add(new ReadOnlySpan<float>(from + (first - left), count), new Span<float>(to + first, count));
                }
            }
        }
    }
}
