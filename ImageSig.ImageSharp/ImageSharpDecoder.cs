using ImageSig.Imaging;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using Sharp = SixLabors.ImageSharp;

namespace ImageSig.ImageSharp;

/// <summary>Reads every format that ImageSharp does (GIF, WebP, TIFF, TGA … beside JPEG, PNG, BMP and PNM): of an animation, the first frame.</summary>
/// <remarks>Thread-safe. Pictures are decoded whole: <see cref="DecodeOptions.Scale"/> and <see cref="DecodeOptions.NeededSize"/> save nothing here.
/// Damage that ImageSharp passes over is not noticed, so <see cref="Image.Damage"/> is always null.</remarks>
public sealed class ImageSharpDecoder : IImageDecoder
{
    /// <inheritdoc/>
    public Image Decode(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Sharp.Formats.DecoderOptions firstFrame = new() { MaxFrames = 1 };
        try
        {
            // The header alone: nothing is allocated for a picture that is too large.
            Sharp.ImageInfo info = Sharp.Image.Identify(firstFrame, file);
            if ((long)info.Width * info.Height > options.MaxPixels)
            {
                throw new ImageFormatException(
                    $"the picture is declared as {info.Width}x{info.Height} pixels, the limit is {options.MaxPixels} in all; save it with fewer pixels.");
            }
            options.Cancellation.ThrowIfCancellationRequested();
            using Sharp.Image<Rgba32> picture = Sharp.Image.Load<Rgba32>(firstFrame, file);
            options.Cancellation.ThrowIfCancellationRequested();
            if (options.ApplyOrientation)
                picture.Mutate(steps => steps.AutoOrient());
            return picture.ToImageSig();
        }
        catch (Exception failure) when (failure is Sharp.ImageFormatException or Sharp.ImageProcessingException or NotSupportedException
            or Sharp.Memory.InvalidMemoryOperationException)
        {
            throw new ImageFormatException($"ImageSharp cannot read this file: {failure.Message.ReplaceLineEndings(" ").Trim()}", failure);
        }
    }
}
