using System.CommandLine;
using System.Globalization;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Imaging;
using ImageSig.Measurement;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig bench decode</c>: how long decoding takes on this machine, stage by stage.</summary>
internal static class DecodeBenchCommand
{
    /// <summary>The side that pictures are resized to, as the models' default is.</summary>
    private const int Side = 64;

    public static Command Create(Terminal terminal)
    {
        Argument<string[]> images = new("FILE") { Description = "Image files, or folders of them [default: two pictures made for the purpose]", Arity = ArgumentArity.ZeroOrMore };
        Option<double> seconds = OptionKinds.Number("--seconds", Bounds.Number(0, 3600) with { ExcludesMin = true }, "How long each file is measured at each scale [default: 1]");
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object per file and scale, one a line");
        ExampleCommand command = new(
            "decode", "Measures decoding and resizing to 64x64, on one thread, by stage.",
            "imagesig bench decode",
            "imagesig bench decode photos --json")
        {
            images, seconds, json,
        };
        command.SetAction((parse, cancellation) =>
        {
            string[] given = parse.GetValue(images) ?? [];
            IEnumerable<(string Name, byte[] File)> files = given.Length == 0 ? BenchPictures.All() : ImageArguments.Expand(given).Select(Read);
            double duration = parse.GetValue(seconds) is var wanted and > 0 ? wanted : 1;
            return Task.FromResult(Run(terminal, files, TimeSpan.FromSeconds(duration / 4), parse.GetValue(json), cancellation));
        });
        return command;
    }

    private static (string Name, byte[] File) Read(string path)
    {
        ImageReader.Check(path);
        return ImageReader.IsOrdinaryFile(path) ? (path, File.ReadAllBytes(path))
            : throw new ImageFormatException($"{path}: this is a device or a pipe, which may have no end; give a file.");
    }

    private static int Run(Terminal terminal, IEnumerable<(string Name, byte[] File)> files, TimeSpan duration, bool json, CancellationToken cancellation)
    {
        TextTable table = new("image", ">size", ">scale", ">entropy", ">transform", ">color", ">decode", ">resize", ">ms in all", ">MP/s");
        int code = ExitCode.Done;
        foreach ((string name, byte[] file) in files)
        {
            try
            {
                ImageInfo info = ImageInfo.Read(file);
                foreach (int scale in info.Format == ImageFormat.Jpeg ? new[] { 1, 2, 4, 8 } : [1])
                {
                    DecodeOptions options = new() { Scale = scale, CancellationToken = cancellation };
                    DecodeBenchJson result = DecodeBenchJson.Of(name, info, scale, DecodeStages.Measure(file, Side, Side, options, duration));
                    if (json)
                        terminal.Results.WriteLine(JsonMembers.Line(result.Members));
                    else
                        Add(table, result);
                }
            }
            catch (ImageFormatException refusal)
            {
                terminal.Complain($"{name}: {refusal.Message}");
                code = ExitCode.Failed;
            }
        }
        if (!json && !table.IsEmpty)
            table.Write(terminal.Results);
        return code;
    }

    private static void Add(TextTable table, DecodeBenchJson result) => table.Add(
        result.Image, string.Create(CultureInfo.InvariantCulture, $"{result.Width}x{result.Height}"), string.Create(CultureInfo.InvariantCulture, $"1/{result.Scale}"),
        Milliseconds(result.Entropy), Milliseconds(result.Transform), Milliseconds(result.Color), Milliseconds(result.Decode), Milliseconds(result.Resize),
        Milliseconds(result.Decode + result.Resize), result.MegapixelsPerSecond.ToString("F0", CultureInfo.InvariantCulture));

    private static string Milliseconds(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
