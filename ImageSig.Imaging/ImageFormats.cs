using System.Globalization;
using System.Text;

namespace ImageSig.Imaging;

/// <summary>Tells formats apart by content.</summary>
public static class ImageFormats
{
    private const string Readable = "JPEG, PNG, BMP and PNM are read";

    /// <summary>The format whose signature the bytes start with.</summary>
    public static ImageFormat Recognise(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, ..] => ImageFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => ImageFormat.Png,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => ImageFormat.Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.WebP,
        [(byte)'I', (byte)'I', 0x2A, 0, ..] or [(byte)'I', (byte)'I', 0x2B, 0, ..] => ImageFormat.Tiff,
        [(byte)'M', (byte)'M', 0, 0x2A, ..] or [(byte)'M', (byte)'M', 0, 0x2B, ..] => ImageFormat.Tiff,
        [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => ImageFormat.Jpeg2000,
        [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] or [0xFF, 0x0A, ..] => ImageFormat.JpegXl,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => RecogniseBrand(file),
        [(byte)'B', (byte)'M', ..] => ImageFormat.Bmp,
        [(byte)'P', >= (byte)'1' and <= (byte)'6', (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'#', ..] => ImageFormat.Netpbm,
        [(byte)'P', (byte)'7', (byte)'\n' or (byte)' ' or (byte)'\r' or (byte)'\t', ..] => ImageFormat.Pam,
        _ => ImageFormat.Unknown,
    };

    /// <summary>One line that says why bytes of a format that is not read, or of none, are refused.</summary>
    internal static string Refusal(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
            return $"the file is empty; {Readable}.";
        ImageFormat format = Recognise(file);
        return format == ImageFormat.Unknown
            ? $"this is not an image: it starts with {FirstBytes(file)}; {Readable}."
            : $"this is {Name(format)}, which is not supported; convert the file to PNG or JPEG first.";
    }

    private static string Name(ImageFormat format) => format switch
    {
        ImageFormat.Gif => "GIF",
        ImageFormat.Heic => "HEIC",
        ImageFormat.Avif => "AVIF",
        ImageFormat.Tiff => "TIFF",
        ImageFormat.Jpeg2000 => "JPEG 2000",
        ImageFormat.JpegXl => "JPEG XL",
        ImageFormat.Pam => "PAM (Netpbm's P7)",
        _ => format.ToString(),
    };

    private static ImageFormat RecogniseBrand(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12)
            return ImageFormat.Unknown;
        return Encoding.Latin1.GetString(file.Slice(8, 4)) switch
        {
            "avif" or "avis" => ImageFormat.Avif,
            "heic" or "heix" or "hevc" or "hevx" or "heim" or "heis" or "mif1" or "msf1" => ImageFormat.Heic,
            _ => ImageFormat.Unknown,
        };
    }

    private static string FirstBytes(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> first = file[..Math.Min(file.Length, 16)];
        string text = Encoding.Latin1.GetString(first).ReplaceLineEndings(" ").Replace('\t', ' ');
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return $"the text \"{text}\"";
        StringBuilder bytes = new("the bytes");
        foreach (byte value in first[..Math.Min(first.Length, 8)])
            bytes.Append(CultureInfo.InvariantCulture, $" {value:X2}");
        return bytes.ToString();
    }
}
