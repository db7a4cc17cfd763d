using ImageSig.Cli;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>signature asked for more than this machine, the limit or the disk has: one line, at once, and nothing left behind.</summary>
public class OversizedSignatureTests
{
    [Theory]
    [InlineData(3, "3 channels to depth 12 would take ", "--depth", "12", "--memory", "3")]
    [InlineData(3, "3 channels to depth 14 would take ", "--depth", "14", "--log", "words", "--memory", "50")]
    [InlineData(3, "3 channels to depth 16 would take ", "--depth", "16", "--log", "brackets", "--memory", "2000")]
    [InlineData(3, "3 channels to depth 18 would take ", "--depth", "18", "--memory", "2000")]
    [InlineData(3, "3 channels to depth 20 need more than 2147483591 features; lower the depth", "--depth", "20")]
    [InlineData(1000, "1000 channels to depth 3 would take ", "--depth", "3", "--log", "words", "--memory", "4000")]
    [InlineData(3, "the result of one path is 5 times 581130732 numbers, more than an array holds; lower --depth or take fewer windows or prefixes.", "--depth", "18", "--stream")]
    public void What_is_too_large_is_refused_before_it_begins(int channels, string line, params string[] options)
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<float>(folder["p.npy"], new float[6 * channels], 1, 6, channels);
        Answer answer = null!;
        long bytes = Cost.UsualBytes(() => answer = Answer.To(["signature", folder["p.npy"], "-o", folder["s.npy"], .. options]));
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.Contains(line, Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.DoesNotContain("bug", answer.Messages, StringComparison.Ordinal);
        Assert.Equal([folder["p.npy"]], Directory.GetFiles(folder.Path));
        Assert.InRange(bytes, 0, 100_000_000);
    }

    [Fact]
    public void Windows_whose_signatures_are_more_than_an_array_holds_are_refused_though_their_logarithms_are_not()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<float>(folder["p.npy"], new float[10_001 * 4], 1, 10_001, 4);
        Answer answer = Answer.To("signature", folder["p.npy"], "-o", folder["s.npy"], "--depth", "9", "--log", "words", "--window", "2", "--memory", "1000000");
        Assert.Equal(
            (ExitCode.WrongUsage, "imagesig: the signatures of one path, of which its log-signatures are made, are 10000 times 349524 numbers, more than an array holds; lower --depth or take fewer windows."),
            (answer.Code, Assert.Single(answer.MessageLines)));
    }

    [Theory]
    [InlineData("500", ExitCode.WrongUsage)]
    [InlineData("20000", ExitCode.Done)]
    public void A_list_of_windows_is_not_made_before_its_memory_is_counted_nor_for_no_path(string memory, int code)
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<float>(folder["p.npy"], [], 0, 500_000_000, 1);
        Answer answer = null!;
        Assert.InRange(Cost.UsualBytes(() => answer = Answer.To("signature", folder["p.npy"], "-o", folder["s.npy"], "--depth", "1", "--window", "2", "--memory", memory)), 0, 100_000_000);
        Assert.Equal(code, answer.Code);
        Assert.True(code == ExitCode.Done || Assert.Single(answer.MessageLines).StartsWith("imagesig: 1 channels to depth 1 would take ", StringComparison.Ordinal), answer.Messages);
    }

    [Fact]
    public void A_limit_names_what_would_be_taken_and_what_to_do()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<double>(folder["p.npy"], new double[30], 1, 10, 3);
        Answer answer = Answer.To("signature", folder["p.npy"], "-o", folder["s.npy"], "--depth", "12", "--memory", "1");
        Assert.Matches(
            @"^imagesig: 3 channels to depth 12 would take \d+\.\d\d MB of memory, more than the limit of 1\.00 MB; lower --depth, take fewer channels, or allow more with --memory\.$",
            Assert.Single(answer.MessageLines));
        Assert.Equal(ExitCode.Done, Answer.To("signature", folder["p.npy"], "-o", folder["s.npy"], "--depth", "12", "--memory", "100").Code);
    }

    [SmallDiskFact]
    public void A_result_that_the_disk_does_not_hold_is_refused_before_it_begins()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["small"]);
        Assert.True(SmallDiskFactAttribute.Mount(folder["small"], 64));
        try
        {
            NpyFile.Write<double>(folder["p.npy"], new double[30], 1, 10, 3);
            string output = Path.Combine(folder["small"], "s.npy");
            Answer answer = Answer.To("signature", folder["p.npy"], "-o", output, "--depth", "9");
            Assert.Equal($"imagesig: cannot write {output}: it would hold 236.2 KB, and the disk has 65.5 KB left; write elsewhere, or ask for less.", Assert.Single(answer.MessageLines));
            Assert.Empty(Directory.GetFiles(folder["small"]));
        }
        finally
        {
            SmallDiskFactAttribute.Unmount(folder["small"]);
        }
    }

    [Theory]
    [InlineData("nosuch.npy: there is no such file.", "nosuch.npy")]
    [InlineData("FOLDER: a folder; an array in a .npy file was expected.", "FOLDER")]
    [InlineData("not a .npy file", "FOLDER/text.npy")]
    [InlineData("needs 96 bytes of values, the file has 90; it is cut or damaged.", "FOLDER/cut.npy")]
    public void An_array_that_cannot_be_read_is_told_in_one_line_of_ours(string line, string input)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["text.npy"], "no array");
        NpyFile.Write<double>(folder["whole.npy"], new double[12], 1, 4, 3);
        File.WriteAllBytes(folder["cut.npy"], File.ReadAllBytes(folder["whole.npy"])[..^6]);
        Answer answer = Answer.To("signature", input.Replace("FOLDER", folder.Path, StringComparison.Ordinal), "-o", folder["s.npy"], "--depth", "2");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Contains(line.Replace("FOLDER", folder.Path, StringComparison.Ordinal), Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }

    [Fact]
    public void The_input_is_never_replaced_by_the_result()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<double>(folder["a.npy"], new double[12], 1, 4, 3);
        byte[] before = File.ReadAllBytes(folder["a.npy"]);
        Answer answer = Answer.To("signature", folder["a.npy"], "-o", folder["a.npy"], "--depth", "2");
        Assert.Contains("it is what this command reads", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder["a.npy"]));
    }

    [Theory]
    [InlineData("--log does not go with --list-words; give the basis as --basis.", "--log", "brackets")]
    [InlineData("--depth does not go with --list-words.", "--depth", "3")]
    [InlineData("--list-words lists words and reads no file; leave out p.npy.", "p.npy")]
    public void Options_that_listing_words_would_ignore_are_refused(string line, params string[] others)
    {
        Answer answer = Answer.To(["signature", .. others, "--list-words", "2", "3"]);
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.Contains(line, Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }
}
