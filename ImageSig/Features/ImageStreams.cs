using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ImageSig.Imaging;

namespace ImageSig;

/// <summary>The rows and columns of an image as paths through color space, each value in 0…1, optionally with time as the last channel.</summary>
public static class ImageStreams
{
    private static readonly float[] Levels = [.. Sequences.Range(0, 256).Select(level => level / 255f)];

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
        if (pointStep == 1 && !time)
        {
            Scale(pixels, paths);
            return;
        }
        int channels = time ? 4 : 3;
        // A byte is always within its 256 numbers.
        ref float level = ref MemoryMarshal.GetArrayDataReference(Levels);
        for (int path = 0, next = 0; path < count; path++)
            for (int point = 0, at = path * pathStep * 3; point < length; point++, at += pointStep * 3, next += channels)
            {
                ReadOnlySpan<byte> color = pixels.Slice(at, 3);
                Span<float> values = paths.Slice(next, channels);
                values[0] = Unsafe.Add(ref level, color[0]);
                values[1] = Unsafe.Add(ref level, color[1]);
                values[2] = Unsafe.Add(ref level, color[2]);
                if (time)
                    values[3] = length == 1 ? 0 : (float)point / (length - 1);
            }
    }

    /// <summary>Rows without time are the pixels as they lie: <c>values[i] = pixels[i] / 255</c>.</summary>
    private static void Scale(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        int done = 0, width = Vector<float>.Count;
        for (; done <= pixels.Length - Vector<byte>.Count; done += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(pixels[done..]), out Vector<ushort> first, out Vector<ushort> second);
            Span<float> to = values.Slice(done, Vector<byte>.Count);
            Divide(first, to);
            Divide(second, to[(2 * width)..]);
        }
        for (; done < pixels.Length; done++)
            values[done] = Levels[pixels[done]];

        static void Divide(Vector<ushort> levels, Span<float> to)
        {
            Vector.Widen(levels, out Vector<uint> first, out Vector<uint> second);
            (Vector.ConvertToSingle(Vector.AsVectorInt32(first)) / 255f).CopyTo(to);
            (Vector.ConvertToSingle(Vector.AsVectorInt32(second)) / 255f).CopyTo(to[Vector<float>.Count..]);
        }
    }
}
