using System.Numerics;
using ImageSig.Imaging.Decoders;

namespace ImageSig.Imaging.Encoders;

/// <summary>A Huffman table as the writer needs it: the code of each symbol. T.81, annex C.</summary>
internal sealed class JpegCodes
{
    private readonly uint[] codes = new uint[256];
    private readonly byte[] lengths = new byte[256];

    /// <summary>Takes 16 counts and the symbols behind them.</summary>
    public JpegCodes(ReadOnlySpan<byte> table)
    {
        ReadOnlySpan<byte> symbols = table[JpegStandardTables.Counts..];
        uint code = 0;
        for (int length = 1, place = 0; length <= 16; length++, code <<= 1)
            for (int i = 0; i < table[length - 1]; i++, place++)
                (codes[symbols[place]], lengths[symbols[place]]) = (code++, (byte)length);
    }

    /// <summary>Writes a value with the zeros before it: run in the upper half of the symbol, the value's size in the lower.</summary>
    public void Write(JpegBitWriter writer, int run, int value)
    {
        int size = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));
        WriteSymbol(writer, (run << 4) | size);
        // A negative value is written as the bits of value − 1.
        writer.Write((uint)(value < 0 ? value - 1 : value) & ((1u << size) - 1), size);
    }

    /// <summary>Writes a symbol without a value.</summary>
    public void WriteSymbol(JpegBitWriter writer, int symbol) => writer.Write(codes[symbol], lengths[symbol]);
}
