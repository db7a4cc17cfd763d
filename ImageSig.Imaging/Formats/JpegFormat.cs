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

    internal override RowDecoder Rows { get; } = JpegDecoder.Decode;

    internal override HeaderReader Headers { get; } = JpegDecoder.Describe;

    public override bool Recognizes(ReadOnlySpan<byte> file) => file is [0xFF, 0xD8, ..];

    public override ImageInfo Identify(ReadOnlySpan<byte> file, DecodeOptions options) => JpegDecoder.Describe(file, options);

    public override Image Decode(ReadOnlySpan<byte> file, DecodeOptions options) => JpegDecoder.Decode(file, options);
}
