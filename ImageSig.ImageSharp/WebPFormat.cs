using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Webp;

namespace ImageSig.ImageSharp;

/// <summary>WebP, with and without loss.</summary>
public sealed class WebPFormat : ImageSharpFormat
{
    /// <inheritdoc/>
    public override string Name => "WebP";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".webp"];

    private protected override IImageDecoder Decoder { get; } = new WebpDecoder();

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlySpan<byte> file) => file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..12].SequenceEqual("WEBP"u8);
}
