using ImageSig.Cli;
using ImageSig.Cli.Arguments;
using ImageSig.Imaging;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

public class OutputPathTests
{
    [Fact]
    public void A_writable_place_passes_and_is_left_as_it_was()
    {
        using TemporaryFolder folder = new();
        OutputPath.CheckFile(folder["model"], OutputKind.Model);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        using TemporaryFolder folder = new();
        IOException refused = Assert.Throws<IOException>(() => OutputPath.CheckFile(Path.Combine(folder["gone"], "model"), OutputKind.Model));
        Assert.Contains($"the folder {folder["gone"]} does not exist", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("it is a folder", Assert.Throws<IOException>(() => OutputPath.CheckFile(folder.Path, OutputKind.Model)).Message, StringComparison.Ordinal);
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
        IOException refused = Assert.Throws<IOException>(() => OutputPath.CheckFile("/proc/self/model", OutputKind.Model));
        Assert.Contains("does not take new files", refused.Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_device_is_no_place_for_a_file_and_is_left_as_it_was()
    {
        foreach (string device in (string[])["/dev/null", "/dev/stdout"])
            Assert.Contains("it is a device", Assert.Throws<IOException>(() => OutputPath.CheckFile(device, OutputKind.Model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_to_a_link_writes_what_it_leads_to()
    {
        using TemporaryFolder folder = new();
        File.CreateSymbolicLink(folder["latest"], "model-3");
        OutputPath.CheckFile(folder["latest"], OutputKind.Model);
        AtomicFile.Write(folder["latest"], stream => stream.WriteByte(7));
        Assert.Equal("model-3", new FileInfo(folder["latest"]).LinkTarget);
        Assert.Equal([7], File.ReadAllBytes(folder["model-3"]));
    }

    [Fact]
    public void A_file_of_another_kind_is_not_replaced()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["photo.jpg"], new Image(8, 8).EncodeJpeg());
        File.WriteAllText(folder["notes.txt"], "do not lose me");
        NpyFile.Write<float>(folder["array.npy"], [1, 2], 2);
        File.WriteAllText(folder["empty"], "");
        foreach ((string name, OutputKind? kind) in new[] { ("photo.jpg", OutputKind.Picture), ("notes.txt", null), ("array.npy", OutputKind.Array) })
            foreach (OutputKind written in (OutputKind[])[OutputKind.Model, OutputKind.Array, OutputKind.Picture])
            {
                Assert.Equal(written == kind, written.MayReplace(folder[name]));
                if (written != kind)
                    Assert.Contains($"is not {written.Name}", Assert.Throws<IOException>(() => OutputPath.CheckFile(folder[name], written)).Message, StringComparison.Ordinal);
            }
        OutputPath.CheckFile(folder["empty"], OutputKind.Model);
    }

    [Fact]
    public void An_input_is_not_replaced_by_whatever_name_it_goes()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<float>(folder["a.npy"], [1, 2], 1, 2, 1);
        File.CreateSymbolicLink(folder["link.npy"], folder["a.npy"]);
        foreach (string name in (string[])[folder["a.npy"], folder["./a.npy"], folder["link.npy"]])
            Assert.Contains("it is what this command reads", Assert.Throws<UsageException>(() => OutputPath.CheckFile(name, OutputKind.Array, folder["a.npy"])).Message, StringComparison.Ordinal);
        OutputPath.CheckFile(folder["b.npy"], OutputKind.Array, folder["a.npy"], null);
    }

    [Fact]
    public void A_photograph_named_as_the_model_to_write_stays_as_it_is()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 2);
        string photo = folder["photos/bright/000.png"];
        byte[] before = File.ReadAllBytes(photo);
        Answer answer = Answer.To("train", folder["photos"], "-o", photo, "--epochs", "1000000");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Contains("is not a model", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(photo));
    }
}
