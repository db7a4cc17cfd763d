using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Gif;

namespace ImageSig.ImageSharp;

/// <summary>GIF; of an animation, the first frame.</summary>
public sealed class GifFormat : ImageSharpFormat
{
    /// <inheritdoc/>
    public override string Name => "GIF";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".gif"];

    private protected override IImageDecoder Decoder { get; } = new GifDecoder { DecodingMode = SixLabors.ImageSharp.Metadata.FrameDecodingMode.First, IgnoreMetadata = true };

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlySpan<byte> file) => file.StartsWith("GIF8"u8);
}
