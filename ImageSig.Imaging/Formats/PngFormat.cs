using ImageSig.Imaging.Decoders;

namespace ImageSig.Imaging.Formats;

/// <summary>Portable Network Graphics: <see cref="PngDecoder"/>.</summary>
internal sealed class PngFormat : ImageFormat
{
    private PngFormat() { }

    public static PngFormat Instance { get; } = new();

    public override string Name => "PNG";

    public override IReadOnlyList<string> Extensions { get; } = [".png"];

    internal override bool IsOurs => true;

    internal override RowDecoder Rows { get; } = PngDecoder.Decode;

    internal override HeaderReader Headers { get; } = PngDecoder.Describe;

    public override bool Recognizes(ReadOnlySpan<byte> file) => file.StartsWith([(byte)0x89, (byte)'P', (byte)'N', (byte)'G']);

    public override ImageInfo Identify(ReadOnlySpan<byte> file, DecodeOptions options) => PngDecoder.Describe(file, options);

    public override Image Decode(ReadOnlySpan<byte> file, DecodeOptions options) => PngDecoder.Decode(file, options);
}
