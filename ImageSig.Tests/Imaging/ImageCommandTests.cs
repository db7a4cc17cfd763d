using System.Text.Json;
using ImageSig.Cli;
using ImageSig.Imaging;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>The commands image and bench decode.</summary>
public class ImageCommandTests
{
    private static readonly Image Picture = Pictures.Photograph(60, 40, 1);

    [Fact]
    public void Image_says_what_a_file_is()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.dat"], OrientationTests.WithOrientation(Picture.EncodeJpeg(), 6, little: true));
        Answer table = Answer.To("image", folder["a.dat"]);
        Assert.Equal((ExitCode.Done, ""), (table.Code, table.Messages));
        foreach (string part in new[] { "JPEG", "60x40", "YCbCr, 8 bits, 4:2:0", "6, the camera was turned right", "none", "40x60" })
            Assert.Contains(part, table.Results, StringComparison.Ordinal);

        JsonElement json = JsonDocument.Parse(Answer.To("image", folder["a.dat"], "--json").Results).RootElement;
        Assert.Equal(
            ["image", "format", "bytes", "width", "height", "color", "bitsPerSample", "sampling", "progressive", "orientation", "scale", "damage", "picture", "output"],
            json.EnumerateObject().Select(entry => entry.Name));
        Assert.Equal("""{"width":40,"height":60}""", json.GetProperty("picture").GetRawText());
    }

    [Fact]
    public void Image_writes_the_pixels_that_training_gets()
    {
        using TemporaryFolder folder = new();
        Picture.SaveJpeg(folder["a.jpg"]);
        Image read = Image.Load(folder["a.jpg"]);
        Assert.Equal(ExitCode.Done, Answer.To("image", folder["a.jpg"], "-o", folder["s.png"], "--size", "20", "--scale", "1").Code);
        Assert.Equal(Resize.Area(read, 20, 20).Pixels, Image.Load(folder["s.png"]).Pixels);
        Assert.Equal(ExitCode.Done, Answer.To("image", folder["a.jpg"], "-o", folder["c.ppm"], "--size", "30x10", "--fit", "crop", "--scale", "1").Code);
        Assert.Equal(Resize.Area(Resize.Crop(read, 0, 10, 60, 20), 30, 10).Pixels, Image.Load(folder["c.ppm"]).Pixels);
        Assert.Equal(ExitCode.Done, Answer.To("image", folder["a.jpg"], "-o", folder["h.png"], "--scale", "2", "--augment", "hflip").Code);
        Assert.Equal(Augmentation.FlipHorizontal(Image.Load(folder["a.jpg"], new() { Scale = 2 })).Pixels, Image.Load(folder["h.png"]).Pixels);
        Assert.Equal(ExitCode.Done, Answer.To("image", folder["a.jpg"], "-o", folder["b.jpg"], "--augment", "noise", "--seed", "3").Code);
        Assert.Equal(60, Image.Load(folder["b.jpg"]).Width);
    }

    [Fact]
    public void Image_holds_no_more_of_a_large_picture_than_it_shows()
    {
        using TemporaryFolder folder = new();
        new Image(3000, 2000).SaveJpeg(folder["a.jpg"]);
        const int Whole = 3000 * 2000 * 3;
        Assert.InRange(Allocated("--augment", "hflip").Bytes, Whole, long.MaxValue);
        (long told, string own) = Allocated();
        (long small, string size) = Allocated("--size", "8", "-o", folder["s.png"]);
        Assert.InRange(Math.Max(told, small), 0, Whole / 2);
        Assert.Equal(("""{"width":3000,"height":2000}""", """{"width":8,"height":8}"""), (own, size));

        (long Bytes, string Picture) Allocated(params string[] usage)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Answer answer = Answer.To(["image", folder["a.jpg"], "--json", .. usage]);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            return (bytes, JsonDocument.Parse(answer.Results).RootElement.GetProperty("picture").GetRawText());
        }
    }

    [Fact]
    public void Image_tells_of_damage_and_shows_what_is_left()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["cut.jpg"], Picture.EncodeJpeg()[..^200]);
        Answer answer = Answer.To("image", folder["cut.jpg"], "--json", "-o", folder["left.png"]);
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Contains("truncated", JsonDocument.Parse(answer.Results).RootElement.GetProperty("damage").GetString(), StringComparison.Ordinal);
        Assert.True(File.Exists(folder["left.png"]));
    }

    [Fact]
    public void Image_refuses_what_it_cannot_do_in_one_line()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["text.jpg"], "no picture");
        Answer text = Answer.To("image", folder["text.jpg"]);
        Assert.Equal(ExitCode.Failed, text.Code);
        Assert.StartsWith($"imagesig: {folder["text.jpg"]}: this is not an image", Assert.Single(text.MessageLines), StringComparison.Ordinal);
        Picture.SavePng(folder["a.png"]);
        Answer ending = Answer.To("image", folder["a.png"], "-o", folder["a.gif"]);
        Assert.Equal(ExitCode.WrongUsage, ending.Code);
        Assert.Contains("must end in .png, .jpg or .ppm", ending.Messages, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, Answer.To("image", folder["a.png"], "--size", "0").Code);
        Assert.Equal(ExitCode.WrongUsage, Answer.To("image", folder["a.png"], "--scale", "3").Code);
        Assert.Equal(ExitCode.WrongUsage, Answer.To("image", folder["a.png"], "--augment", "blur").Code);
        Assert.Contains("--augment is 'blur'; it must be ", Assert.Single(Answer.To("image", folder["a.png"], "--augment", "blur").MessageLines), StringComparison.Ordinal);
        Assert.Equal(["imagesig: --fit says how a picture is brought to a size; give --size too."], Answer.To("image", folder["a.png"], "--fit", "crop").MessageLines);
        Assert.Equal(["imagesig: --seed is what an augmentation leaves to chance; give --augment too."], Answer.To("image", folder["a.png"], "--seed", "2").MessageLines);
        Assert.Equal(ExitCode.Failed, Answer.To("image", folder["a.png"], "-o", folder["no/such/a.png"]).Code);
    }

    [Fact]
    public void Bench_decode_gives_every_stage_at_every_scale()
    {
        using TemporaryFolder folder = new();
        Picture.SaveJpeg(folder["a.jpg"]);
        Picture.SavePng(folder["b.png"]);
        File.WriteAllText(folder["c.txt"], "no picture");
        Answer answer = Answer.To("bench", "decode", folder.Path, "--seconds", "0.01", "--json");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Equal([1, 2, 4, 8, 1], answer.ResultLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("scale").GetInt32()));
        Assert.All(answer.ResultLines, line => Assert.True(JsonDocument.Parse(line).RootElement.GetProperty("megapixelsPerSecond").GetDouble() > 0));
        Answer table = Answer.To("bench", "decode", folder["a.jpg"], "--seconds", "0.01");
        Assert.Equal(5, table.ResultLines.Length);
        Assert.Contains("entropy", table.ResultLines[0], StringComparison.Ordinal);
    }
}
