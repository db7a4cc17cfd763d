using ImageSig.Imaging;

namespace ImageSig;

/// <summary>The rows and columns of an image as paths through color space, each value in 0…1, optionally with time as the last channel.</summary>
public static class ImageStreams
{
    private static readonly float[] Levels = [.. Enumerable.Range(0, 256).Select(level => level / 255f)];

    /// <summary>Every row is a path from left to right.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="paths">[H, W, C]: path h, point w; C is 3, or 4 with time.</param>
    /// <param name="time">Whether a fourth channel rises from 0 at the first point to 1 at the last.</param>
    public static void Rows(Image image, Span<float> paths, bool time = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        Write(image.Pixels, paths, image.Height, image.Width, pathStep: image.Width, pointStep: 1, time);
    }

    /// <summary>Every column is a path from top to bottom; the true columns, left to right.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="paths">[W, H, C]: path w, point h; C is 3, or 4 with time.</param>
    /// <param name="time">Whether a fourth channel rises from 0 at the first point to 1 at the last.</param>
    public static void Columns(Image image, Span<float> paths, bool time = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        Write(image.Pixels, paths, image.Width, image.Height, pathStep: 1, pointStep: image.Width, time);
    }

    private static void Write(ReadOnlySpan<byte> pixels, Span<float> paths, int count, int length, int pathStep, int pointStep, bool time)
    {
        int next = 0;
        for (int path = 0; path < count; path++)
            for (int point = 0; point < length; point++)
            {
                ReadOnlySpan<byte> color = pixels.Slice(((path * pathStep) + (point * pointStep)) * 3, 3);
                paths[next++] = Levels[color[0]];
                paths[next++] = Levels[color[1]];
                paths[next++] = Levels[color[2]];
                if (time)
                    paths[next++] = length == 1 ? 0 : (float)point / (length - 1);
            }
    }
}
