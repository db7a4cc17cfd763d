using ImageSig.Imaging;
using ImageSig.Signature;

namespace ImageSig.Reports;

/// <summary>A few rows of a picture as paths through color space, and their signatures: the way of the paper's first figure.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Streams">From top to bottom.</param>
internal sealed record StreamExample(JudgedImage Image, IReadOnlyList<StreamOfRow> Streams)
{
    /// <summary>Levels of the signatures: 3, 9 and 27 terms.</summary>
    public const int Depth = 3;

    private const int Channels = 3, Rows = 3;

    /// <summary>Three rows of a picture; null where its rows have but one pixel, or there are fewer than three.</summary>
    public static StreamExample? Of(JudgedImage judged)
    {
        Image image = judged.Image;
        if (image.Width < 2 || image.Height < Rows)
            return null;
        float[] paths = new float[image.Width * image.Height * Channels];
        ImageStreams.Rows(image, paths);
        SignatureTransform transform = new(Channels, Depth);
        int length = image.Width * Channels;
        return new StreamExample(judged, [.. Sequences.Range(1, Rows).Select(number => Of((number * image.Height / (Rows + 1))))]);

        StreamOfRow Of(int row)
        {
            float[] path = paths[(row * length)..((row + 1) * length)], signature = new float[transform.Layout.Length];
            transform.Forward<float>(path, batch: 1, image.Width, signature);
            return new StreamOfRow(row, path, signature);
        }
    }
}

/// <summary>One row of a picture.</summary>
/// <param name="Row">From 0.</param>
/// <param name="Path">[W, 3], each 0…1.</param>
/// <param name="Signature">Its terms, level by level.</param>
internal sealed record StreamOfRow(int Row, IReadOnlyList<float> Path, IReadOnlyList<float> Signature);
