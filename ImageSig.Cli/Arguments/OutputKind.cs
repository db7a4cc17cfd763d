using System.Text;
using ImageSig.Cli.Display;
using ImageSig.Cli.Report;
using ImageSig.Imaging;
using ImageSig.Sweeping;

namespace ImageSig.Cli.Arguments;

/// <summary>A kind of file that a command writes, as its first bytes tell: a file of another kind is somebody's, and is not replaced.</summary>
internal sealed class OutputKind
{
    private const int HeadBytes = 4096;
    private readonly Func<byte[], bool> begins;

    private OutputKind(string name, Func<byte[], bool> begins)
    {
        Name = name;
        this.begins = begins;
    }

    /// <summary>A model of ours: a safetensors file whose metadata says so.</summary>
    public static OutputKind Model { get; } = new("a model", head => Encoding.UTF8.GetString(head).Contains("\"format\":\"imagesig\"", StringComparison.Ordinal));

    /// <summary>An array of NumPy.</summary>
    public static OutputKind Array { get; } = new("a NumPy array", head => head is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..]);

    /// <summary>A network of ours in ONNX: version 8 of the format, and who wrote it.</summary>
    public static OutputKind Onnx { get; } = new("an ONNX file of imagesig", head => head.AsSpan().StartsWith("\u0008\u0008\u0012\u0008imagesig"u8));

    /// <summary>Arrays of NumPy in one file: a ZIP whose first file is one.</summary>
    public static OutputKind Npz { get; } = new("arrays of NumPy (.npz)", head => head.AsSpan().StartsWith("PK\u0003\u0004"u8) && head.AsSpan().IndexOf(".npy"u8) >= 0);

    /// <summary>A picture in a format that is known.</summary>
    public static OutputKind Picture { get; } = new("a picture", head => ImageFormats.NameOf(head) is not null);

    /// <summary>A table or plot of a comparison.</summary>
    public static OutputKind Comparison { get; } = new("of a comparison", head =>
        Encoding.UTF8.GetString(head) is { } text && ComparisonFiles.Beginnings.Any(beginning => text.StartsWith(beginning, StringComparison.Ordinal)));

    /// <summary>A list of findings in a data set.</summary>
    public static OutputKind CheckList { get; } = new("a list of findings", head => Encoding.UTF8.GetString(head).StartsWith(Display.CheckList.Heading, StringComparison.Ordinal));

    /// <summary>The table of a sweep.</summary>
    public static OutputKind Sweep { get; } = new("of a sweep", head => Encoding.UTF8.GetString(head).StartsWith(SweepFile.Beginning, StringComparison.Ordinal));

    /// <summary>What models say of images that they were not trained on.</summary>
    public static OutputKind Predictions { get; } = new("a list of predictions", head => Encoding.UTF8.GetString(head).StartsWith(FoldPredictions.Beginning, StringComparison.Ordinal));

    /// <summary>A page about a model.</summary>
    public static OutputKind Report { get; } = new("a report", head => Encoding.UTF8.GetString(head).Contains(ReportPage.Mark, StringComparison.Ordinal));

    /// <summary>What such a file is called in a message.</summary>
    public string Name { get; }

    /// <summary>Whether writing loses nothing of another kind: there is no such file, it is empty, or it is of this kind.</summary>
    public bool MayReplace(string path)
    {
        if (!File.Exists(path))
            return true;
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        byte[] head = new byte[HeadBytes];
        int length = file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        return length == 0 || begins(head[..length]);
    }
}
