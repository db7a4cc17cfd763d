using ImageSig.Imaging.Decoders;

namespace ImageSig.Imaging.Formats;

/// <summary>Photographs: <see cref="JpegDecoder"/>.</summary>
internal sealed class JpegFormat : ImageFormat
{
    private JpegFormat() { }

    public static JpegFormat Instance { get; } = new();

    public override string Name => "JPEG";

    public override IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg"];

    internal override bool IsOurs => true;

    public override bool Recognizes(ReadOnlySpan<byte> file) => file is [0xFF, 0xD8, ..];

    public override ImageInfo Identify(ReadOnlySpan<byte> file, DecodeOptions options) => JpegDecoder.Describe(file, options);

    internal override bool TryDecode(ReadOnlySpan<byte> file, DecodeOptions options, RowTarget target)
    {
        JpegDecoder.Decode(file, options, target);
        return true;
    }

    public override Image Decode(ReadOnlySpan<byte> file, DecodeOptions options) => JpegDecoder.Decode(file, options);
}
