using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

/// <summary>The C# of docs/imaging.md, word for word; <see cref="ImagingDocumentTests"/> compares and runs it.</summary>
internal static class ImagingDocumentExamples
{
    public static void Reading()
    {
        // README
        Image picture = Image.Load("camera.jpg");
        ImageInfo info = ImageInfo.Load("camera.jpg");
        Console.WriteLine($"{info.Format} {picture.Width}x{picture.Height} {info.Color} {info.Sampling}");
        // END
    }

    public static void NoMoreThanNeeded()
    {
        // README
        Image enough = Image.Load("camera.jpg", new DecodeOptions { NeededSize = (64, 64) });
        Image input = Resize.Fit(enough, 64, 64, ImageFit.Crop);
        input.SavePng("seen.png");
        // END
    }

    public static void RowByRow()
    {
        // README
        DecodeOptions options = new() { NeededSize = (64, 64), NeededFit = ImageFit.Crop };
        Image small = Image.LoadFitted("camera.jpg", 64, 64, ImageFit.Crop, options);
        Console.WriteLine($"{small.Width}x{small.Height}");
        // END
    }

    public static void PictureAfterPicture()
    {
        // README
        Image? shown = null;
        foreach (string path in Directory.GetFiles("frames"))
        {
            shown = Image.Decode(File.ReadAllBytes(path), reuse: shown);
            Console.WriteLine($"{shown.Width}x{shown.Height}");
        }
        // END
    }

    public static void HostileFiles()
    {
        // README
        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(30));
        DecodeOptions careful = new() { MaxPixels = 10_000_000, MaxFileBytes = 20_000_000, Strict = true, CancellationToken = deadline.Token };
        try
        {
            Console.WriteLine(Image.Load("upload.jpg", careful).Width);
        }
        catch (ImageFormatException refusal)
        {
            Console.WriteLine(refusal.Message);
        }
        // END
    }

    public static void Camera()
    {
        // README
        using FileStream camera = File.OpenRead("camera.mjpeg");
        using MotionJpegReader reader = new(camera);
        while (reader.Next(new DecodeOptions { NeededSize = (64, 64) }) is { } frame)
            Console.WriteLine($"{frame.Width}x{frame.Height}");
        Console.WriteLine($"{reader.Lost} lost");
        // END
    }

    public static void Copies()
    {
        // README
        Image original = Image.Load("camera.jpg");
        foreach (string name in AugmentationSet.Paper)
            AugmentationSet.Apply(name, original, seed: 1).SavePng($"{name}.png");
        // END
    }
}
