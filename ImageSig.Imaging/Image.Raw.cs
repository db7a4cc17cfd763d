using ImageSig.Imaging.Decoders;

namespace ImageSig.Imaging;

public sealed partial class Image
{
    /// <summary>A picture of a raw buffer's pixels, which are copied.</summary>
    /// <param name="buffer">At least <see cref="PixelLayout.MinLength"/> bytes.</param>
    /// <param name="layout">What is in it.</param>
    /// <exception cref="ArgumentException">The buffer is shorter than the layout says, a side is below 1, or the stride is shorter than a row.</exception>
    public static Image FromPixels(ReadOnlySpan<byte> buffer, PixelLayout layout)
    {
        CheckLength(buffer, layout);
        WholePicture target = new();
        RawRows.Put(buffer, layout, target);
        return target.Finish();
    }

    /// <summary>A picture of a raw buffer's pixels, brought to a size on the way: the pixels of <see cref="FromPixels"/> and <see cref="Resize.Fit"/>, bit for bit.</summary>
    /// <param name="buffer">At least <see cref="PixelLayout.MinLength"/> bytes.</param>
    /// <param name="layout">What is in it.</param>
    /// <param name="width">Columns of the result, at least 1.</param>
    /// <param name="height">Rows of the result, at least 1.</param>
    /// <param name="fit">What happens to another shape.</param>
    /// <param name="bars">The gray level of a letterbox's bars.</param>
    /// <exception cref="ArgumentException">The buffer is shorter than the layout says, a side of it is below 1, or the stride is shorter than a row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side of the result is below 1, or it exceeds one array.</exception>
    public static Image FromPixelsFitted(ReadOnlySpan<byte> buffer, PixelLayout layout, int width, int height, ImageFit fit = ImageFit.Stretch, byte bars = 0) =>
        FromPixelsFitted(buffer, layout, [new(width, height, fit, bars)])[0];

    /// <summary>The same at several sizes.</summary>
    /// <returns>A picture for each size, in their order.</returns>
    internal static Image[] FromPixelsFitted(ReadOnlySpan<byte> buffer, PixelLayout layout, IReadOnlyList<FittedSize> sizes)
    {
        CheckLength(buffer, layout);
        using FittedPictures target = new(sizes);
        RawRows.Put(buffer, layout, target);
        return target.Finish();
    }

    private static void CheckLength(ReadOnlySpan<byte> buffer, PixelLayout layout)
    {
        if (buffer.Length < layout.MinLength)
            throw new ArgumentException(
                $"Image.FromPixels: {layout.Width}x{layout.Height} pixels of {layout.Format} with a stride of {layout.RowStride} take {layout.MinLength} bytes, the buffer holds {buffer.Length}.", nameof(buffer));
    }
}
