using ImageSig.Imaging;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using Sharp = SixLabors.ImageSharp;

namespace ImageSig.ImageSharp;

/// <summary>One format that ImageSharp decodes. Of an animation or a file of several pages, the first picture; transparency is laid over white.</summary>
/// <remarks>Pictures are decoded whole: <see cref="DecodeOptions.Scale"/> and <see cref="DecodeOptions.NeededSize"/> save nothing here. Damage that ImageSharp passes
/// over is not noticed. No single buffer of ImageSharp's may exceed 1 GiB, four bytes a pixel.</remarks>
public abstract class ImageSharpFormat : ImageFormat
{
    private static readonly Sharp.Configuration Configuration = CreateConfiguration();

    /// <summary>ImageSharp's own decoder of this format, which also reads headers alone.</summary>
    private protected abstract Sharp.Formats.IImageDecoder Decoder { get; }

    /// <inheritdoc/>
    public override ImageInfo Identify(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            return Read(file, options);
        }
        catch (SystemException failure) when (SpeaksOfCode(failure))
        {
            throw Refusal(failure);
        }
    }

    /// <inheritdoc/>
    public override unsafe Image Decode(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ReadOnlySpan<byte> mended = Mended(file);
        try
        {
            fixed (byte* start = mended)
            {
                using UnmanagedMemoryStream stream = new(start, mended.Length);
                using Sharp.Image<Rgba32> picture = Decoder.Decode<Rgba32>(Configuration, stream, options.CancellationToken);
                return picture.ToImageSig();
            }
        }
        catch (SystemException failure) when (SpeaksOfCode(failure))
        {
            throw Refusal(failure);
        }
    }

    /// <summary>The file as ImageSharp is to decode it.</summary>
    private protected virtual ReadOnlySpan<byte> Mended(ReadOnlySpan<byte> file) => file;

    /// <summary>The camera's note on how it was held, 1…8; 1 where there is none.</summary>
    private protected virtual int Orientation(ReadOnlySpan<byte> file, Sharp.IImageInfo info) =>
        info.Metadata.ExifProfile?.GetValue(ExifTag.Orientation)?.Value is ushort turn and >= 1 and <= 8 ? turn : 1;

    private unsafe ImageInfo Read(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        fixed (byte* start = file)
        {
            using UnmanagedMemoryStream stream = new(start, file.Length);
            Sharp.IImageInfo info = ((Sharp.Formats.IImageInfoDetector)Decoder).Identify(Configuration, stream, options.CancellationToken)
                ?? throw new ImageFormatException($"{Name}: no header was found; the file is damaged.");
            return new(this, info.Width, info.Height, BitsPerSample: 8, Color(info.PixelType.BitsPerPixel)) { Orientation = Orientation(file, info) };
        }
    }

    /// <summary>Whether a message is the runtime's and says nothing of the file, such as "Nullable object must have a value".</summary>
    private static bool SpeaksOfCode(SystemException failure) => failure is not
        (NotSupportedException or InvalidDataException or IOException or OperationCanceledException or OutOfMemoryException or Sharp.Memory.InvalidMemoryOperationException);

    private ImageFormatException Refusal(SystemException failure) => new($"{Name}: ImageSharp's decoder failed; the file is damaged, or of a kind that is not read.", failure);

    /// <summary>Not ImageSharp's default configuration, which knows every format, encoders included, and would drag them all into the program.</summary>
    private static Sharp.Configuration CreateConfiguration()
    {
        // Its reader of camera notes asks for these by reflection, which needs their array; nothing else tells NativeAOT's compiler so.
        _ = Enum.GetValues<ExifDataType>();
        return new()
        {
            MaxDegreeOfParallelism = 1,
            MemoryAllocator = Sharp.Memory.MemoryAllocator.Create(new() { MaximumPoolSizeMegabytes = 16, AllocationLimitMegabytes = 1024 }),
        };
    }

    private static string Color(int bitsPerPixel) => bitsPerPixel switch
    {
        <= 8 => "gray or palette",
        32 => "RGB with alpha",
        _ => "RGB",
    };
}
