using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;
using ImageSig.Imaging;
using ImageSig.NN;

namespace ImageSig;

/// <summary>What the entries of one file of a cache are: everything but the content of an image that decides their bytes, as one line of text.</summary>
/// <param name="Name">The beginning of the file's name, for people.</param>
/// <param name="Description">The line. Entries of another line are other entries.</param>
/// <param name="EntryBytes">The length of each.</param>
internal sealed record CacheContent(string Name, string Description, int EntryBytes)
{
    /// <summary>To be raised whenever decoding, fitting or signatures give other bits for the same file.</summary>
    private const int Version = 1;

    /// <summary>The file's name without an extension.</summary>
    public string FileName => $"{Name}-{(ulong)ContentHash.Of(Encoding.UTF8.GetBytes(Description)):x16}";

    /// <summary>Pictures at size, bytes [H, W, 3].</summary>
    public static CacheContent Pictures(FeatureOptions options)
    {
        string fit = $"{RecipeNames.Of(options.Fit)}{(options.ScaledDecoding ? "-scaled" : "")}";
        string formats = string.Join(' ', ImageFormats.Known.Select(format => format.Name));
        return new(
            $"pictures-{options.Width}x{options.Height}-{fit}",
            $"{Version} pictures [{options.Height}, {options.Width}, 3] bytes, {fit}, of {formats}",
            options.Height * options.Width * 3);
    }

    /// <summary>What pictures have that are there, and those have not that are wanted: <c>size 16x16 (64x64 is wanted)</c>.</summary>
    public string Differences(CacheContent wanted) => string.Join(", ", Settings().Zip(wanted.Settings())
        .Where(pair => pair.First != pair.Second).Select(pair => $"{pair.First.What} {pair.First.Value} ({pair.Second.Value} is wanted)"));

    private (string What, string Value)[] Settings()
    {
        string[] words = Name.Split('-');
        return
        [
            ("size", words.Length > 1 ? words[1] : "unknown"), ("fit", words.Length > 2 ? words[2] : "unknown"), ("scaled decoding", words.Length > 3 ? "true" : "false"),
            ("formats", Description.Split(" of ")[^1]), ("version", Description.Split(' ')[0]),
        ];
    }

    /// <summary>Features that are not standardized, floats [S, F].</summary>
    public static CacheContent Features(FeatureOptions options, CacheFloats floats)
    {
        // How a picture came to its size does not matter to features, which are found by its pixels. Processors without fused multiply-add round otherwise.
        string settings = JsonMembers.Stored(
            MetadataConversion.ToJson(options with { Fit = default, ScaledDecoding = false, Standardize = false }).Members());
        bool fused = Fma.IsSupported || AdvSimd.IsSupported;
        return new(
            $"signatures-{options.Width}x{options.Height}-depth{options.Depth}-float{(int)floats}",
            $"{Version} signatures {options.SampleShape} float{(int)floats}{(fused ? "" : " without fused multiply-add")}, {settings}",
            options.SampleShape.Count * (int)floats / 8);
    }
}
