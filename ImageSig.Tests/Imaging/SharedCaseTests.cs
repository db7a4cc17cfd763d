using ImageSig.Cli;
using ImageSig.Imaging;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>Files that users had and that were read wrongly once: each as the program tells it now.</summary>
public class SharedCaseTests
{
    [Theory]
    [InlineData("app5_len0.jpg", 24, 16, 1, null)]
    [InlineData("bmp_masks_11_11_10.bmp", 127, 64, 1, null)]
    [InlineData("com_len0.jpg", 24, 16, 1, null)]
    [InlineData("dup_ids_111.jpg", 24, 16, 1, null)]
    [InlineData("exif_after_scan.jpg", 24, 16, 1, "other bytes stand behind the picture")]
    [InlineData("exif_long_be.jpg", 16, 24, 6, null)]
    [InlineData("no_eoi_then_ftyp.jpg", 64, 48, 1, "left over behind its last block")]
    [InlineData("no_eoi_then_trailer_sof.jpg", 64, 48, 1, "other bytes stand behind the picture")]
    [InlineData("noeoi.jpg", 24, 16, 1, "no end marker")]
    [InlineData("png_exif_orientation6.png", 4, 6, 6, null)]
    [InlineData("png_no_adler.png", 6, 4, 1, null)]
    [InlineData("png_palette_index_out.png", 3, 2, 1, null)]
    [InlineData("png_text_crc.png", 6, 4, 1, "the checksum of chunk tEXt is wrong")]
    [InlineData("pnm_comment_after_maxval.pgm", 3, 1, 1, null)]
    [InlineData("progressive_dc_only.jpg", 24, 16, 1, "incomplete")]
    [InlineData("scan_trail.jpg", 24, 16, 1, "left over behind its last block")]
    public void A_whole_picture_is_one_and_what_is_odd_is_said(string name, int width, int height, int orientation, string? said)
    {
        Answer answer = Answer.To("image", Folder(name), "--json");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Contains($"\"picture\":{{\"width\":{width},\"height\":{height}}}", answer.Results, StringComparison.Ordinal);
        Assert.Contains($"\"orientation\":{orientation},", answer.Results, StringComparison.Ordinal);
        Assert.Contains(said is null ? "\"damage\":null" : said, answer.Results, StringComparison.Ordinal);
        // For training, evaluation and prediction too.
        Image seen = ImageReader.Read(Folder(name), new FeatureOptions { Width = 8, Height = 8 });
        Assert.Null(seen.Damage);
    }

    [Theory]
    [InlineData("bmp_os2_rle24.bmp", "OS/2 run lengths of 24 bits (RLE24) is not supported")]
    [InlineData("dnl_height0.jpg", "the height is to be given behind the first scan (DNL), which is not supported")]
    public void What_is_not_read_is_refused_for_the_right_reason(string name, string reason)
    {
        Answer answer = Answer.To("image", Folder(name));
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Contains(reason, Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_comment_behind_the_largest_level_of_a_file_shifts_no_level() =>
        Assert.Equal([10, 10, 10, 128, 128, 128, 255, 255, 255], Image.Load(Folder("pnm_comment_after_maxval.pgm")).Pixels.ToArray());

    [SharedFact("cases")]
    public void Every_shared_case_is_among_the_tests_own()
    {
        foreach (string file in Directory.GetFiles(Folders.InShared("cases")).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Folder(Path.GetFileName(file))));
    }

    [SharedFact("cases/nfd")]
    public void The_shared_folders_named_in_two_normal_forms_are_the_same_classes()
    {
        using TemporaryFolder folder = new();
        Answer training = Answer.To("train", Folders.InShared("cases", "nfc"), "-o", folder["m"], "--epochs", "1", "--image-size", "16", "--quiet");
        Assert.Equal(ExitCode.Done, training.Code);
        Answer evaluation = Answer.To("evaluate", folder["m"], Folders.InShared("cases", "nfd"), "--quiet");
        Assert.Equal((ExitCode.Done, ""), (evaluation.Code, evaluation.Messages));
    }

    private static string Folder(string name) => Path.Combine(Folders.Repository, "ImageSig.Tests", "Imaging", "Cases", name);
}
