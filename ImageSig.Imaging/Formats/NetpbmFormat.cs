using ImageSig.Imaging.Decoders;

namespace ImageSig.Imaging.Formats;

/// <summary>Netpbm: <see cref="NetpbmDecoder"/>.</summary>
internal sealed class NetpbmFormat : ImageFormat
{
    private NetpbmFormat() { }

    public static NetpbmFormat Instance { get; } = new();

    public override string Name => "PNM";

    public override IReadOnlyList<string> Extensions { get; } = [".ppm", ".pgm", ".pbm", ".pnm"];

    internal override bool IsOurs => true;

    internal override RowDecoder Rows { get; } = NetpbmDecoder.Decode;

    internal override HeaderReader Headers { get; } = NetpbmDecoder.Describe;

    public override bool Recognizes(ReadOnlySpan<byte> file) =>
        file is [(byte)'P', >= (byte)'1' and <= (byte)'6', (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'#', ..];

    public override ImageInfo Identify(ReadOnlySpan<byte> file, DecodeOptions options) => NetpbmDecoder.Describe(file, options);

    public override Image Decode(ReadOnlySpan<byte> file, DecodeOptions options) => NetpbmDecoder.Decode(file, options);
}
