using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>The decoder against libjpeg-turbo's: the same levels, to the last bit.</summary>
public class JpegAgainstDjpegTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (2, 3), (5, 4), (8, 8), (9, 7), (15, 17), (16, 16), (33, 17), (40, 41), (100, 3), (131, 67)];

    private static readonly string[] Samplings = ["1x1", "2x1", "2x2", "1x2", "4x1", "1x4", "4x2"];

    [ProgramFact("cjpeg", "libjpeg-turbo-progs")]
    public void Every_sampling_quality_and_size_decodes_to_the_same_levels() =>
        Compare(from size in Sizes
                from sampling in Samplings
                from quality in new[] { 20, 75, 95 }
                select (size, $"-quality {quality} -sample {sampling}"));

    [ProgramFact("cjpeg", "libjpeg-turbo-progs")]
    public void Progressive_files_decode_to_the_same_levels() =>
        Compare(from size in Sizes
                from sampling in Samplings
                from quality in new[] { 30, 90 }
                select (size, $"-progressive -quality {quality} -sample {sampling}"));

    [ProgramFact("cjpeg", "libjpeg-turbo-progs")]
    public void Restart_markers_optimized_tables_gray_and_rgb_decode_to_the_same_levels() =>
        Compare(from size in Sizes
                from kind in new[] { "-restart 1B", "-restart 3B -progressive", "-restart 1", "-optimize", "-grayscale", "-grayscale -progressive", "-rgb", "-quality 100 -sample 1x1" }
                select (size, kind));

    [ProgramFact("cjpeg", "libjpeg-turbo-progs")]
    public void Large_pictures_decode_to_the_same_levels() =>
        Compare(from sampling in new[] { "1x1", "2x1", "2x2" }
                from kind in new[] { "", "-progressive", "-restart 2" }
                select ((2000, 1500), $"-sample {sampling} {kind}"));

    [SharedFact("data", "djpeg", "libjpeg-turbo-progs")]
    public void Real_photographs_decode_to_the_same_levels()
    {
        string[] files = Directory.GetFiles(Folders.InShared("data"), "*.jpg", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        Parallel.For(0, 150, i =>
        {
            byte[] file = File.ReadAllBytes(files[(int)((long)i * files.Length / 150)]);
            Compare(file, files[(int)((long)i * files.Length / 150)]);
        });
    }

    private static void Compare(IEnumerable<((int Width, int Height) Size, string Arguments)> cases) =>
        Parallel.ForEach(cases, one =>
        {
            Image picture = Pictures.Photograph(one.Size.Width, one.Size.Height, seed: one.Size.Width);
            byte[] file = OutsideProgram.Run("cjpeg", one.Arguments, Pictures.ToPpm(picture));
            Compare(file, $"{one.Size} {one.Arguments}");
        });

    private static void Compare(byte[] file, string name)
    {
        foreach (bool smooth in new[] { true, false })
        {
            Image ours = Image.Decode(file, new() { Strict = true, SmoothChroma = smooth });
            Image theirs = Pictures.FromPnm(OutsideProgram.Run("djpeg", smooth ? "-dct int" : "-dct int -nosmooth", file));
            Difference difference = Difference.Between(ours, theirs);
            Assert.True(difference.Largest == 0, $"{name}, smooth {smooth}: {difference}");
        }
    }
}
