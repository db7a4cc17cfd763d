using ImageSig.Cli.Arguments;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

public class OutputPathTests
{
    [Fact]
    public void A_writable_place_passes_and_is_left_as_it_was()
    {
        using TemporaryFolder folder = new();
        OutputPath.CheckFile(folder["model"]);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        using TemporaryFolder folder = new();
        IOException refused = Assert.Throws<IOException>(() => OutputPath.CheckFile(Path.Combine(folder["gone"], "model")));
        Assert.Contains($"the folder {folder["gone"]} does not exist", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("it is a folder", Assert.Throws<IOException>(() => OutputPath.CheckFile(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_no_folder()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["taken"], "");
        Assert.Throws<IOException>(() => OutputPath.MakeFolder(folder["taken"]));
        Assert.Throws<IOException>(() => OutputPath.MakeFolder(Path.Combine(folder["taken"], "below")));
    }

    [LinuxFact]
    public void A_place_that_takes_no_files_is_found_before_the_work()
    {
        // Root may write into read-only folders, but nobody may make files in /proc.
        IOException refused = Assert.Throws<IOException>(() => OutputPath.CheckFile("/proc/self/model"));
        Assert.Contains("does not take new files", refused.Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_device_is_no_place_for_a_file_and_is_left_as_it_was()
    {
        foreach (string device in (string[])["/dev/null", "/dev/stdout"])
            Assert.Contains("it is a device", Assert.Throws<IOException>(() => OutputPath.CheckFile(device)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_to_a_link_writes_what_it_leads_to()
    {
        using TemporaryFolder folder = new();
        File.CreateSymbolicLink(folder["latest"], "model-3");
        OutputPath.CheckFile(folder["latest"]);
        AtomicFile.Write(folder["latest"], stream => stream.WriteByte(7));
        Assert.Equal("model-3", new FileInfo(folder["latest"]).LinkTarget);
        Assert.Equal([7], File.ReadAllBytes(folder["model-3"]));
    }
}
