namespace ImageSig.Imaging;

/// <summary>The kinds of image file that are told apart by their first bytes.</summary>
public enum ImageFormat
{
    /// <summary>Nothing that is known.</summary>
    Unknown,

    /// <summary>JPEG, read and written.</summary>
    Jpeg,

    /// <summary>Portable Network Graphics, read and written.</summary>
    Png,

    /// <summary>Windows and OS/2 bitmap, read.</summary>
    Bmp,

    /// <summary>Netpbm: PBM, PGM and PPM, plain and raw, read; PPM written.</summary>
    Netpbm,

    /// <summary>GIF; recognised, not read.</summary>
    Gif,

    /// <summary>WebP; recognised, not read.</summary>
    WebP,

    /// <summary>HEIC or HEIF; recognised, not read.</summary>
    Heic,

    /// <summary>AVIF; recognised, not read.</summary>
    Avif,

    /// <summary>TIFF, and the raw formats of cameras that are built on it; recognised, not read.</summary>
    Tiff,

    /// <summary>JPEG 2000; recognised, not read.</summary>
    Jpeg2000,

    /// <summary>JPEG XL; recognised, not read.</summary>
    JpegXl,

    /// <summary>PAM, the P7 of Netpbm; recognised, not read.</summary>
    Pam,
}
