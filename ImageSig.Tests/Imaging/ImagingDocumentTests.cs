using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

[Collection("Current folder")]
public class ImagingDocumentTests
{
    [Fact]
    public void The_examples_do_what_the_document_says()
    {
        string before = Environment.CurrentDirectory;
        TextWriter console = Console.Out;
        using TemporaryFolder folder = new();
        using StringWriter printed = new();
        try
        {
            Environment.CurrentDirectory = folder.Path;
            Console.SetOut(printed);
            byte[] photograph = Pictures.Photograph(320, 200, 1).EncodeJpeg();
            File.WriteAllBytes("camera.jpg", photograph);
            File.WriteAllBytes("upload.jpg", photograph[..^100]);
            Directory.CreateDirectory("frames");
            File.WriteAllBytes(Path.Combine("frames", "1.jpg"), photograph);
            File.WriteAllBytes(Path.Combine("frames", "2.jpg"), photograph);
            File.WriteAllBytes("camera.mjpeg", [.. photograph, .. photograph.AsSpan(0, 900), .. photograph]);
            ImagingDocumentExamples.Reading();
            ImagingDocumentExamples.NoMoreThanNeeded();
            ImagingDocumentExamples.RowByRow();
            ImagingDocumentExamples.PictureAfterPicture();
            ImagingDocumentExamples.HostileFiles();
            ImagingDocumentExamples.Camera();
            ImagingDocumentExamples.Copies();
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = before;
        }
        string[] lines = printed.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("JPEG 320x200 YCbCr 4:2:0", lines[0]);
        Assert.Equal("64x64", lines[1]);
        Assert.Equal(["320x200", "320x200"], lines[2..4]);
        Assert.StartsWith("upload.jpg: JPEG: the file is truncated", lines[4], StringComparison.Ordinal);
        Assert.Equal(["160x100", "160x100", "1 lost"], lines[5..]);
        Assert.Equal(64, Image.Load(folder["seen.png"]).Width);
        Assert.Equal(Augmentation.Brighten(Image.Load(folder["camera.jpg"]), 80).Pixels, Image.Load(folder["brightness80.png"]).Pixels);
        Assert.Equal(5, Directory.GetFiles(folder.Path, "*.png").Length);
    }
}
