using System.Globalization;
using System.Numerics;
using System.Text;

namespace ImageSig;

/// <summary>The CRC-32C of a model file, which stands inside the file itself: computed with its own eight digits taken as zeros.</summary>
internal static class Checksum
{
    /// <summary>What a file holds before its checksum is known.</summary>
    public const string Blank = "00000000";

    private static ReadOnlySpan<byte> Key => "\"checksum\":\""u8;

    /// <summary>Writes the checksum over the blank one.</summary>
    public static void Stamp(Span<byte> file)
    {
        int digits = Find(file);
        Encoding.ASCII.GetBytes(Compute(file, digits), file.Slice(digits, Blank.Length));
    }

    /// <summary>The checksum in a file that was stamped.</summary>
    public static string In(ReadOnlySpan<byte> file) => Encoding.ASCII.GetString(file.Slice(Find(file), Blank.Length));

    /// <summary>Whether the checksum in a file is that of its bytes.</summary>
    public static bool Matches(ReadOnlySpan<byte> file)
    {
        int digits = Find(file);
        return digits >= 0 && Encoding.ASCII.GetString(file.Slice(digits, Blank.Length)) == Compute(file, digits);
    }

    /// <summary>The index of the first digit, or -1 where there are none.</summary>
    private static int Find(ReadOnlySpan<byte> file)
    {
        int key = file.IndexOf(Key);
        int digits = key + Key.Length;
        return key >= 0 && digits + Blank.Length <= file.Length ? digits : -1;
    }

    /// <summary>The checksum, whose digits begin at <paramref name="digits"/>.</summary>
    private static string Compute(ReadOnlySpan<byte> file, int digits)
    {
        uint crc = Continue(uint.MaxValue, file[..digits]);
        crc = Continue(crc, Encoding.ASCII.GetBytes(Blank));
        return (~Continue(crc, file[(digits + Blank.Length)..])).ToString("x8", CultureInfo.InvariantCulture);
    }

    /// <summary>The running CRC-32C, neither begun nor inverted at the end.</summary>
    public static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte rest in bytes)
            crc = BitOperations.Crc32C(crc, rest);
        return crc;
    }
}
