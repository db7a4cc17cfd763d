using ImageSig.Imaging.Decoders;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Tiff;

namespace ImageSig.ImageSharp;

/// <summary>TIFF of the usual kinds; of several pages, the first.</summary>
public sealed class TiffFormat : ImageSharpFormat
{
    /// <inheritdoc/>
    public override string Name => "TIFF";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".tif", ".tiff"];

    private protected override IImageDecoder Decoder { get; } = new TiffDecoder { DecodingMode = SixLabors.ImageSharp.Metadata.FrameDecodingMode.First };

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlySpan<byte> file) =>
        file is [(byte)'I', (byte)'I', 0x2A or 0x2B, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2A or 0x2B, ..];

    private protected override ReadOnlySpan<byte> Mended(ReadOnlySpan<byte> file) => TiffStrips.Checked(file);

    /// <summary>A TIFF is itself what the notes of other formats are written in.</summary>
    private protected override int Orientation(ReadOnlySpan<byte> file, SixLabors.ImageSharp.IImageInfo info) => Exif.OrientationOf(file) ?? 1;
}
