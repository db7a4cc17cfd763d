using System.IO.Compression;
using System.Text;
using ImageSig.ImageSharp;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Tiff.Constants;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;
using Image = ImageSig.Imaging.Image;

namespace ImageSig.Fuzz;

/// <summary>Small whole files of each target, from which its changes start: drawn here and written by our own encoders, or by ImageSharp's where we have none.</summary>
internal static class Seeds
{
    /// <summary>Bytes of a picture of CIFAR-10 with its label.</summary>
    private const int CifarRecord = 1 + (3 * 32 * 32);

    /// <summary>Writes the files of a target into a folder, which is made.</summary>
    public static void Write(string target, string folder)
    {
        Directory.CreateDirectory(folder);
        int number = 0;
        foreach (byte[] file in Of(target, folder))
            File.WriteAllBytes(Path.Combine(folder, $"{target}-{number++}"), file);
    }

    private static IEnumerable<byte[]> Of(string target, string folder) => target switch
    {
        "jpeg" => [Drawn(9, 7).EncodeJpeg(), Drawn(17, 3).EncodeJpeg(40, halveColor: false), Drawn(1, 1).EncodeJpeg(5)],
        "png" =>
        [
            Drawn(9, 7).EncodePng(),
            Noise(110, 60).EncodePng(),
            Encoded(new PngEncoder { InterlaceMethod = PngInterlaceMode.Adam7 }),
            Encoded(new PngEncoder { ColorType = PngColorType.Palette, BitDepth = PngBitDepth.Bit2 }),
            Encoded(new PngEncoder { ColorType = PngColorType.GrayscaleWithAlpha, BitDepth = PngBitDepth.Bit16 }),
        ],
        "bmp" => [.. Enum.GetValues<BmpBitsPerPixel>().Select(bits => Encoded(new BmpEncoder { BitsPerPixel = bits, SupportTransparency = true })), RunLengths()],
        "pnm" => [Drawn(4, 3).EncodePpm(), Text("P3\n# drawn\n3 1\n255\n1 2 3 4 5 6 7 8 9\n"), Text("P1 9 2 101010101 010101010"), Text("P5 2 2 65535 abcdefgh"), Text("P4 9 1 ab")],
        "mjpeg" => [[.. Enumerable.Range(0, 3).SelectMany(size => (byte[])[.. "--boundary\r\n\r\n"u8, .. Drawn(8, 5 + size).EncodeJpeg()])]],
        "imagesharp" =>
        [
            Encoded(new GifEncoder()), Encoded(new WebpEncoder { FileFormat = WebpFileFormatType.Lossless }), Encoded(new WebpEncoder { FileFormat = WebpFileFormatType.Lossy }),
            Encoded(new TiffEncoder()), Encoded(new TiffEncoder { Compression = TiffCompression.Lzw }), Encoded(new TgaEncoder { Compression = TgaCompression.RunLength }),
        ],
        "npy" =>
        [
            Npy<float>(folder, 1, 2, 3), Npy<double>(folder, 4), Npy<long>(folder),
            [0x93, .. "NUMPY\u0001\0\u0038\0{'descr': '>u2', 'fortran_order': True, 'shape': (2, 3)}"u8, .. new byte[12]],
            Npz(CompressionLevel.NoCompression), Npz(CompressionLevel.Optimal),
            [0x93, .. "NUMPY\u0001\0\u0037\0{'descr': '|b1', 'fortran_order': False, 'shape': (5,)}"u8, .. new byte[5]],
        ],
        "safetensors" => [new SafetensorsFile([new("format", "any")], [new("a", [2, 3], new float[6]), new("b", [1], [1])]).ToBytes()],
        "model" => Models(folder),
        "checkpoint" => [Checkpoint(folder)],
        "csv" =>
        [
            Text("path,label,split\na.png,cat,train\nb.png,dog,train\n\"c,1.png\",dog,val\nd.png,cat,test\n"), Text("file;class\na.png;x\nb.png;y\n"),
            Text("image,smiling,glasses,split\na.png,1,0,train\nb.png,0,,val\nc.png,yes,no,\n"),
        ],
        "celeba" => [Text("2\nSmiling Young\n000001.png -1  1\n000002.png  1 -1\n"), Text("1\nHat\n/gone.png 1\n")],
        "cifar" => [[.. Enumerable.Range(0, 2 * CifarRecord).Select(i => (byte)(i / CifarRecord))]],
        "idx" => [[0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20, 30, 40], [0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2], Compressed([0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2])],
        "backbone" => [Backbone()],
        _ => throw new ArgumentException($"{target}: no such target", nameof(target)),
    };

    /// <summary>A pretrained network of two layers, its list of them in the file.</summary>
    private static byte[] Backbone()
    {
        const string Layers = """
            {"input": {"size": 8, "channels": "RGB", "value": "(pixel-128)/128"}, "layers": [
            {"name": "a", "op": "conv", "k": [3, 3], "stride": 2, "groups": 1, "pad": "same", "act": "relu6", "from": -1},
            {"name": "b", "op": "conv", "k": [1, 1], "stride": 1, "groups": 1, "pad": "sym", "act": "none", "from": 0}, {"name": "c", "op": "add", "act": "none", "from": [0, 1]}], "features": "c"}
            """;
        return new SafetensorsFile(
            [new("architecture", Layers)],
            [new("a.weight", [2, 3, 3, 3], new float[54]), new("a.bias", [2], new float[2]), new("b.weight", [2, 2, 1, 1], new float[4]), new("b.bias", [2], new float[2])]).ToBytes();
    }

    private static byte[] Compressed(byte[] content)
    {
        using MemoryStream file = new();
        using (GZipStream gzip = new(file, CompressionLevel.Fastest))
            gzip.Write(content);
        return file.ToArray();
    }

    /// <summary>Nothing to compress: of this size more bytes than a decoder reads at once.</summary>
    private static Image Noise(int width, int height)
    {
        Image picture = new(width, height);
        new Random(1).NextBytes(picture.Pixels);
        return picture;
    }

    private static Image Drawn(int width, int height)
    {
        Image image = new(width, height);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)(i * 37 % 251 / 64 * 64);
        return image;
    }

    private static byte[] Encoded(IImageEncoder encoder)
    {
        using Image<Rgb24> picture = Drawn(9, 5).ToImageSharp();
        using MemoryStream file = new();
        picture.Save(file, encoder);
        return file.ToArray();
    }

    /// <summary>A bitmap of 3x3 pixels in run lengths of 8 bits, with two colors.</summary>
    private static byte[] RunLengths()
    {
        byte[] file = new byte[54 + 8 + 12];
        (file[0], file[1], file[10], file[14], file[18], file[22], file[26], file[28], file[30], file[46]) = ((byte)'B', (byte)'M', 62, 40, 3, 3, 1, 8, 1, 2);
        ((byte[])[0, 0, 0, 0, 255, 128, 0, 0, 3, 1, 0, 0, 0, 2, 1, 1, 1, 0, 0, 1]).CopyTo(file, 54);
        return file;
    }

    private static byte[] Npz(CompressionLevel level)
    {
        using MemoryStream file = new();
        using (ZipArchive arrays = new(file, ZipArchiveMode.Create, leaveOpen: true))
        using (Stream array = arrays.CreateEntry("a.npy", level).Open())
            array.Write([0x93, .. "NUMPY\u0001\0\u0037\0{'descr': '|b1', 'fortran_order': False, 'shape': (5,)}"u8, .. new byte[5]]);
        return file.ToArray();
    }

    private static byte[] Npy<T>(string folder, params int[] shape)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        string path = Path.Combine(folder, "written");
        NpyFile.Write<T>(path, new T[shape.Aggregate(1, (product, length) => product * length)], shape);
        return Taken(path);
    }

    private static IEnumerable<byte[]> Models(string folder)
    {
        FeatureOptions features = new() { Width = 2, Height = 3, Depth = 1, Standardize = true };
        FeatureOptions pixels = new() { Input = ModelInput.Pixels, Width = 8, Height = 8 };
        (ModelSpec Spec, FeatureOptions Features, WeightStorage Storage)[] kinds =
        [
            (new FcSpec(Neurons: 2), features, WeightStorage.Float32), (new GridSpec(Window: 2, Lift: 2, Channels: 2), pixels, WeightStorage.Float32),
            (new GridSpec(Window: 2, Lift: 2, Channels: 2), pixels, WeightStorage.Int8),
        ];
        foreach ((ModelSpec spec, FeatureOptions eaten, WeightStorage storage) in kinds)
        {
            float[] ones = [.. Enumerable.Repeat(1f, eaten.FeatureCount)];
            TrainingReport report = new()
            {
                Recipe = "default", Options = new() { Epochs = 1, BatchSize = 1 }, Epochs = 1, ChosenEpoch = 1, Augmentations = ImageAugmentations.None,
                TrainingImages = [1, 1], ValidationImages = [1, 1], UnreadableImages = 0, ValidationAccuracy = 1, ValidationBalancedAccuracy = 1, ValidationLoss = 0,
            };
            Model model = Model.Create(spec, eaten.SampleShape, outputs: 2, seed: 1);
            yield return new ModelFile(model, eaten, ["a", "b"], eaten.Standardize ? new Standardization(ones, ones) : null, report) { Storage = storage }.ToBytes();
        }
    }

    private static byte[] Checkpoint(string folder)
    {
        string path = Path.Combine(folder, "written");
        CheckpointFile file = Targets.CheckpointAt(path, out Model model);
        float[][] weights = [.. model.Parameters.Select(parameter => parameter.Value.Span.ToArray())];
        file.Keep(new TrainerState
        {
            Epoch = 1, Steps = 1, ChosenEpoch = 1, Weights = weights, ChosenWeights = weights,
            Memory = new Dictionary<string, IReadOnlyList<float[]>> { ["average"] = weights },
            History = [new EpochRecord(1, 1, 1, 1, 1, 0.1)],
        });
        file.Flush();
        return Taken(path);
    }

    private static byte[] Taken(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        File.Delete(path);
        return file;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
