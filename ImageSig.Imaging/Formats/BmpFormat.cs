using ImageSig.Imaging.Decoders;

namespace ImageSig.Imaging.Formats;

/// <summary>Bitmaps of Windows and OS/2: <see cref="BmpDecoder"/>.</summary>
internal sealed class BmpFormat : ImageFormat
{
    private BmpFormat() { }

    public static BmpFormat Instance { get; } = new();

    public override string Name => "BMP";

    public override IReadOnlyList<string> Extensions { get; } = [".bmp", ".dib"];

    internal override bool IsOurs => true;

    internal override RowDecoder Rows { get; } = BmpDecoder.Decode;

    internal override HeaderReader Headers { get; } = BmpDecoder.Describe;

    public override bool Recognizes(ReadOnlySpan<byte> file) => file.StartsWith("BM"u8);

    public override ImageInfo Identify(ReadOnlySpan<byte> file, DecodeOptions options) => BmpDecoder.Describe(file, options);

    public override Image Decode(ReadOnlySpan<byte> file, DecodeOptions options) => BmpDecoder.Decode(file, options);
}
