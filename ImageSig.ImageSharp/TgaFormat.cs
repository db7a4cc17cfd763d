using System.Buffers.Binary;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Tga;

namespace ImageSig.ImageSharp;

/// <summary>Truevision TGA. Its files begin with nothing of their own, so one is guessed from a header in which every field can be true.</summary>
public sealed class TgaFormat : ImageSharpFormat
{
    private const int HeaderBytes = 18;

    /// <inheritdoc/>
    public override string Name => "TGA";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".tga"];

    /// <inheritdoc/>
    public override bool IsGuess => true;

    private protected override IImageDecoder Decoder { get; } = new TgaDecoder();

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderBytes)
            return false;
        (int palette, int kind, int entryBits, int width, int height, int bits, int attributes) = (
            file[1], file[2], file[7], BinaryPrimitives.ReadUInt16LittleEndian(file[12..]), BinaryPrimitives.ReadUInt16LittleEndian(file[14..]), file[16], file[17]);
        // Kinds: 1 palette, 2 colors, 3 gray; 9…11 the same in run lengths.
        bool plausible = (kind & ~8) switch
        {
            1 => palette == 1 && bits is 8 or 16 && entryBits is 15 or 16 or 24 or 32,
            2 => palette is 0 or 1 && bits is 15 or 16 or 24 or 32,
            3 => palette == 0 && bits is 8 or 16,
            _ => false,
        };
        bool noPaletteFields = palette == 1 || file[3..8].IndexOfAnyExcept((byte)0) < 0;
        // Of the attributes, bits 0…3 count those of transparency, and 6 and 7 must be 0.
        return plausible && noPaletteFields && width > 0 && height > 0 && (attributes & 0xC0) == 0 && (attributes & 15) is 0 or 1 or 8;
    }
}
