using System.Text;

namespace ImageSig.Imaging.Formats;

/// <summary>Formats that this library knows by sight and does not read: a refusal that names them tells people what to do. Some may be registered from outside.</summary>
internal static class UnreadFormats
{
    /// <summary>The name of the format whose first bytes these are; null for none.</summary>
    public static string? NameOf(ReadOnlySpan<byte> file) => file switch
    {
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "GIF",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "WebP",
        [(byte)'I', (byte)'I', 0x2A, 0, ..] or [(byte)'I', (byte)'I', 0x2B, 0, ..] => "TIFF",
        [(byte)'M', (byte)'M', 0, 0x2A, ..] or [(byte)'M', (byte)'M', 0, 0x2B, ..] => "TIFF",
        [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => "JPEG 2000",
        [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] or [0xFF, 0x0A, ..] => "JPEG XL",
        [(byte)'P', (byte)'7', (byte)'\n' or (byte)' ' or (byte)'\r' or (byte)'\t', ..] => "PAM (Netpbm's P7)",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => NameOfBrand(file),
        _ => null,
    };

    /// <summary>Why one of them is not read, behind "which".</summary>
    public static string Why(string name) => name is "GIF" or "WebP" or "TIFF"
        ? "this program was built without (ImageSig.ImageSharp reads it: build without -p:ImageSharp=false)" : "is not supported";

    private static string? NameOfBrand(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12)
            return null;
        return Encoding.Latin1.GetString(file.Slice(8, 4)) switch
        {
            "avif" or "avis" => "AVIF",
            "heic" or "heix" or "hevc" or "hevx" or "heim" or "heis" or "mif1" or "msf1" => "HEIC",
            _ => null,
        };
    }
}
