using ImageSig.Imaging;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.ImageSharp.Tests;

/// <summary>A format from outside: one file, one call of <see cref="ImageFormats.Register"/>, and everything reads it.</summary>
public class ToyFormatTests
{
    private static readonly ToyFormat Toy = new();

    public ToyFormatTests() => ImageFormats.Register(Toy);

    [Fact]
    public void A_registered_format_is_found_by_content()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["picture.jpg"], [.. "TOY"u8, 3, 2, 1, 77]);
        Image picture = Image.Load(folder["picture.jpg"]);
        Assert.Equal((3, 2, 77), (picture.Width, picture.Height, picture.Pixels[0]));
        Assert.Same(Toy, ImageInfo.Read("TOY\u0003\u0002\u0001M"u8).Format);
        Assert.Contains("\"format\":\"TOY\"", Answer.To("image", folder["picture.jpg"], "--json").Results, StringComparison.Ordinal);
        Assert.Contains(Toy, ImageFormats.Known);
    }

    [Fact]
    public void It_trains_and_predicts()
    {
        using TemporaryFolder folder = new();
        foreach ((string name, byte level) in new[] { ("dark", (byte)20), ("bright", (byte)220) })
        {
            Directory.CreateDirectory(Path.Combine(folder["photos"], name));
            for (byte number = 0; number < 10; number++)
                File.WriteAllBytes(Path.Combine(folder["photos"], name, $"{number}.toy"), [.. "TOY"u8, (byte)(30 + number), 40, 1, level]);
        }
        Answer training = Answer.To("train", folder["photos"], "-o", folder["m.safetensors"], "--image-size", "20", "--depth", "2", "--epochs", "2", "--batch-size", "8", "--validation", "0.2");
        Assert.True(training.Code == 0, training.Messages);
        Assert.Equal(0, Answer.To("predict", "-m", folder["m.safetensors"], Path.Combine(folder["photos"], "dark", "1.toy")).Code);
    }

    [Fact]
    public void Its_size_is_held_against_the_limit_before_it_decodes()
    {
        int decoded = Toy.Decoded;
        ImageFormatException refusal = Assert.Throws<ImageFormatException>(() => Image.Decode([.. "TOY"u8, 200, 200, 1, 0], new() { MaxPixels = 100 }));
        Assert.Equal("TOY: the picture is declared as 200x200 pixels, the limit is 100 in all; save it with fewer pixels.", refusal.Message);
        Assert.Throws<ImageFormatException>(() => Image.Decode([.. "TOY"u8, 0, 200, 1, 0]));
        Assert.Equal(decoded, Toy.Decoded);
    }

    [Fact]
    public void What_it_throws_is_one_line_for_people()
    {
        ImageFormatException refusal = Assert.Throws<ImageFormatException>(() => Image.Decode([.. "TOY"u8, 2, 2, 1]));
        Assert.Equal("TOY: no level follows the header", refusal.Message);
        Assert.IsType<InvalidOperationException>(refusal.InnerException);
        Assert.Throws<ImageFormatException>(() => ImageInfo.Read("TOY"u8));
    }

    [Fact]
    public void Its_pictures_are_turned_upright()
    {
        Image upright = Image.Decode([.. "TOY"u8, 5, 2, 6, 1]);
        Assert.Equal((2, 5), (upright.Width, upright.Height));
        Assert.Equal(5, Image.Decode([.. "TOY"u8, 5, 2, 6, 1], new() { ApplyOrientation = false }).Width);
    }

    [Fact]
    public void Registering_it_again_changes_nothing_and_another_of_its_name_is_refused()
    {
        int count = ImageFormats.Known.Count(format => format.Name == "TOY");
        ImageFormats.Register(Toy);
        Assert.Equal(count, ImageFormats.Known.Count(format => format.Name == "TOY"));
        Assert.StartsWith("An image format named TOY is registered already", Assert.Throws<ArgumentException>(() => ImageFormats.Register(new ToyFormat())).Message, StringComparison.Ordinal);
    }

    /// <summary>"TOY", columns, rows, orientation, and the one level of every pixel.</summary>
    private sealed class ToyFormat : ImageFormat
    {
        private int decoded;

        public int Decoded => decoded;

        public override string Name => "TOY";

        public override IReadOnlyList<string> Extensions { get; } = [".toy"];

        public override bool Recognizes(ReadOnlySpan<byte> file) => file.StartsWith("TOY"u8);

        public override ImageInfo Identify(ReadOnlySpan<byte> file, DecodeOptions options) => new(this, file[3], file[4], 8, "gray") { Orientation = file[5] };

        public override Image Decode(ReadOnlySpan<byte> file, DecodeOptions options)
        {
            Interlocked.Increment(ref decoded);
            if (file.Length < 7)
                throw new InvalidOperationException("no level\nfollows the header");
            Image image = new(file[3], file[4]);
            image.Pixels.Fill(file[6]);
            return image;
        }
    }
}
