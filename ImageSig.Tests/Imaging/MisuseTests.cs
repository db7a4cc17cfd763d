using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

/// <summary>Pictures that there cannot be are refused in a line that says so.</summary>
public class MisuseTests
{
    [Theory]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(60_000, 60_000)]
    [InlineData(int.MaxValue, 1)]
    public void A_picture_that_no_array_holds_is_refused(int width, int height)
    {
        Assert.StartsWith($"Image: {width}x{height} RGB needs {(Int128)3 * width * height} bytes,", Assert.Throws<ArgumentOutOfRangeException>(() => new Image(width, height)).Message, StringComparison.Ordinal);
        foreach (PixelFormat format in Enum.GetValues<PixelFormat>())
            Assert.Equal($"PixelLayout: the picture is {width}x{height}; that is more pixels than a picture can hold.", Assert.Throws<ArgumentException>(() => Image.FromPixels(new byte[10], new PixelLayout(format, width, height))).Message);
    }

    [Fact]
    public void A_format_that_is_none_is_refused() =>
        Assert.StartsWith("PixelLayout: the format 99 is none; there are Rgb24,", Assert.Throws<ArgumentException>(() => Image.FromPixels(new byte[100], new PixelLayout((PixelFormat)99, 4, 4))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(PixelFormat.Rgb24)]
    [InlineData(PixelFormat.Yuv420)]
    [InlineData(PixelFormat.Nv12)]
    public void A_stride_beyond_the_buffer_is_refused(PixelFormat format) =>
        Assert.StartsWith("Image.FromPixels: 4x4 pixels", Assert.Throws<ArgumentException>(() => Image.FromPixels(new byte[100], new PixelLayout(format, 4, 4, int.MaxValue))).Message, StringComparison.Ordinal);
}
