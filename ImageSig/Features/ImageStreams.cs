using ImageSig.Imaging;

namespace ImageSig;

/// <summary>The rows and columns of an image as paths through colour space, each value in 0…1.</summary>
public static class ImageStreams
{
    private static readonly float[] Levels = [.. Enumerable.Range(0, 256).Select(level => level / 255f)];

    /// <summary>Every row is a path from left to right.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="paths">[H, W, 3]: path h, point w.</param>
    public static void Rows(Image image, Span<float> paths)
    {
        ArgumentNullException.ThrowIfNull(image);
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int i = 0; i < pixels.Length; i++)
            paths[i] = Levels[pixels[i]];
    }

    /// <summary>Every column is a path from top to bottom; the true columns, left to right.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="paths">[W, H, 3]: path w, point h.</param>
    public static void Columns(Image image, Span<float> paths)
    {
        ArgumentNullException.ThrowIfNull(image);
        ReadOnlySpan<byte> pixels = image.Pixels;
        int width = image.Width, height = image.Height;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < 3; c++)
                    paths[(((x * height) + y) * 3) + c] = Levels[pixels[(((y * width) + x) * 3) + c]];
    }
}
