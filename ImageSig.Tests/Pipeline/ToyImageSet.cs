using System.Globalization;
using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>A kind of data set as someone else would add one: a text file, a line an image, which names its class and how bright it is drawn.</summary>
internal sealed class ToyImageSet : ImageSet
{
    private readonly string[][] lines;

    public ToyImageSet(string path)
    {
        Name = path;
        lines = [.. File.ReadLines(path).Select(line => line.Split(' '))];
        string[] classes = [.. lines.Select(line => line[0]).Distinct().Order(StringComparer.Ordinal)];
        Targets = new ClassTargets(classes, [.. lines.Select(line => Array.IndexOf(classes, line[0]))]);
    }

    public override string Name { get; }

    public override Targets Targets { get; }

    public override string NameOf(int index) => $"{Name}, line {index + 1}";

    protected override Image Decode(int index, DecodeOptions options) => int.TryParse(lines[index][1], CultureInfo.InvariantCulture, out int level)
        ? SyntheticPhotos.Picture(new Random(index), level)
        : throw new ImageFormatException($"'{lines[index][1]}' is no brightness.");

    /// <summary>Recognizes files whose name ends in <c>.toy</c>.</summary>
    public sealed class Kind : ImageSetKind
    {
        private static readonly Lazy<bool> Once = new(() =>
        {
            ImageSetKinds.Register(new Kind());
            return true;
        });

        public override string Name => "toy";

        public static void Register() => _ = Once.Value;

        public override bool Recognizes(string path) => path.EndsWith(".toy", StringComparison.Ordinal);

        public override ImageSet Open(string path, int minClasses) => new ToyImageSet(path);
    }
}
