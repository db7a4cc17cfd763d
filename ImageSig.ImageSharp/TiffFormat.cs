using ImageSig.Imaging;
using ImageSig.Imaging.Decoders;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Tiff;

namespace ImageSig.ImageSharp;

/// <summary>TIFF of the usual kinds; of several pages, the first.</summary>
public sealed class TiffFormat : ImageSharpFormat
{
    private const int RowsPerStripTag = 278;

    /// <inheritdoc/>
    public override string Name => "TIFF";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".tif", ".tiff"];

    private protected override IImageDecoder Decoder { get; } = new TiffDecoder { DecodingMode = SixLabors.ImageSharp.Metadata.FrameDecodingMode.First };

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlySpan<byte> file) =>
        file is [(byte)'I', (byte)'I', 0x2A or 0x2B, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2A or 0x2B, ..];

    /// <summary>ImageSharp takes memory for as many rows as a strip is said to have, however few the picture has; only the largest numbers mean "all" to it.</summary>
    private protected override void Check(ReadOnlySpan<byte> file, SixLabors.ImageSharp.IImageInfo info, DecodeOptions options)
    {
        uint rows = Exif.Value(file, RowsPerStripTag) ?? 0;
        if (rows > info.Height && rows < int.MaxValue && (long)rows * info.Width > options.MaxPixels)
            throw new ImageFormatException($"TIFF: a strip is declared to have {rows} rows of {info.Width} pixels, the picture has {info.Height}, the limit is {options.MaxPixels} pixels in all; save it anew.");
    }

    /// <summary>A TIFF is itself what the notes of other formats are written in.</summary>
    private protected override int Orientation(ReadOnlySpan<byte> file, SixLabors.ImageSharp.IImageInfo info) => Exif.OrientationOf(file) ?? 1;
}
