using System.Diagnostics;
using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

public class ImageFolderTests
{
    [Fact]
    public void Classes_are_sorted_and_files_are_found_at_any_depth()
    {
        using TemporaryFolder folder = new();
        Touch(folder, "zebra/b.jpg", "zebra/2020/a.jpg", "Ant/1", "ant/1.txt", ".hidden/x", "ant/.DS_Store", "notes.txt", ".DS_Store");
        ImageFolder listed = ImageFolder.Open(folder.Path);
        Assert.Equal(["Ant", "ant", "zebra"], listed.Classes);
        Assert.Equal(1, listed.Unlabeled);
        Assert.Equal(
            [("Ant/1", 0), ("ant/1.txt", 1), ("zebra/2020/a.jpg", 2), ("zebra/b.jpg", 2)],
            listed.Images.Select(image => (Path.GetRelativePath(folder.Path, image.Path).Replace('\\', '/'), image.Label)));
    }

    [Fact]
    public void What_systems_and_archives_leave_beside_pictures_is_passed_over()
    {
        using TemporaryFolder folder = new();
        Touch(
            folder, "fire/a.jpg", "smoke/b.jpg", "fire/Thumbs.db", "fire/desktop.ini", "fire/._a.jpg", "smoke/.DS_Store", "smoke/@eaDir/b.jpg", "Thumbs.db",
            "__MACOSX/fire/._a.jpg", "smoke/__MACOSX/._b.jpg", "lost+found/x");
        Directory.CreateDirectory(folder["$RECYCLE.BIN"]);
        ImageFolder listed = ImageFolder.Open(folder.Path);
        Assert.Equal(["fire", "smoke"], listed.Classes);
        Assert.Equal(["a.jpg", "b.jpg"], listed.Images.Select(image => Path.GetFileName(image.Path)));
        Assert.Equal(0, listed.Unlabeled);
    }

    [Fact]
    public void A_missing_folder_a_file_and_too_few_classes_are_refused_in_one_line()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("no such folder", Refusal(folder["missing"]), StringComparison.Ordinal);
        Assert.Contains("no class found", Refusal(folder.Path), StringComparison.Ordinal);
        Touch(folder, "fire/a.jpg");
        Assert.Contains("this is a file", Refusal(folder["fire/a.jpg"]), StringComparison.Ordinal);
        Assert.Contains("only one class found ('fire')", Refusal(folder.Path), StringComparison.Ordinal);
        Directory.CreateDirectory(folder["smoke"]);
        Assert.StartsWith(folder["smoke"] + ": this class holds no file", Refusal(folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_are_followed_once_and_never_round_in_a_circle()
    {
        using TemporaryFolder folder = new();
        Touch(folder, "photos/fire/a", "photos/smoke/b", "elsewhere/c", "elsewhere/deep/d");
        Directory.CreateSymbolicLink(folder["photos/fire/up"], "..");
        Directory.CreateSymbolicLink(folder["photos/fire/self"], folder["photos/fire"]);
        Directory.CreateSymbolicLink(folder["photos/smoke/all"], "../../photos");
        Directory.CreateSymbolicLink(folder["elsewhere/deep/back"], folder["elsewhere"]);
        Directory.CreateSymbolicLink(folder["photos/smoke/more"], folder["elsewhere"]);
        Directory.CreateSymbolicLink(folder["photos/other"], folder["elsewhere"]);
        Assert.Equal(
            ["fire/a", "other/c", "other/deep/d", "smoke/b", "smoke/more/c", "smoke/more/deep/d"],
            ImageFolder.Open(folder["photos"]).Images.Select(image => Path.GetRelativePath(folder["photos"], image.Path).Replace('\\', '/')));
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_an_unreadable_image()
    {
        using TemporaryFolder folder = new();
        File.CreateSymbolicLink(folder["a.jpg"], folder["gone.jpg"]);
        Assert.Equal([folder["a.jpg"]], FolderWalk.Files(folder.Path));
        Assert.StartsWith(
            $"{folder["a.jpg"]}: this link leads to {folder["gone.jpg"]}",
            Assert.Throws<ImageFormatException>(() => ImageReader.Read(folder["a.jpg"], new FeatureOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_no_UTF_8_is_told_as_that()
    {
        if (OperatingSystem.IsWindows())
            return;
        using TemporaryFolder folder = new();
        Shell($"printf content > \"$(printf '{folder.Path}/bad\\377.jpg')\"");
        string name = Assert.Single(FolderWalk.Files(folder.Path));
        string message = Assert.Throws<ImageFormatException>(() => ImageReader.Read(name, new FeatureOptions())).Message;
        // .NET cannot take it away either.
        Shell($"rm '{folder.Path}'/bad*");
        Assert.Equal($"{name}: the name of this file is not UTF-8, as names have to be; rename it.", message);

        static void Shell(string command)
        {
            using Process shell = Process.Start("sh", ["-c", command]);
            shell.WaitForExit();
        }
    }

    [Fact]
    public void Files_come_in_the_order_of_their_whole_paths_and_a_folder_is_listed_when_its_turn_comes()
    {
        using TemporaryFolder folder = new();
        Touch(folder, "a.jpg", "a/b.jpg", "a/b/c.jpg", "a/b0.jpg", "a0.jpg", "B.jpg", "ab/x.jpg", "a-/y.jpg", "Thumbs.db", "a/.hidden");
        string[] all = [.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(file => !FolderWalk.IsPassedOver(Path.GetFileName(file))).Order(StringComparer.Ordinal)];
        Assert.Equal(8, all.Length);
        Assert.Equal(all, FolderWalk.Files(folder.Path));

        using IEnumerator<string> walk = FolderWalk.Walk(folder.Path).GetEnumerator();
        Assert.True(walk.MoveNext());
        Assert.Equal(folder["B.jpg"], walk.Current);
        Touch(folder, "ab/late.jpg", "C.jpg");
        List<string> rest = [];
        while (walk.MoveNext())
            rest.Add(walk.Current);
        Assert.Contains(folder["ab/late.jpg"], rest);
        Assert.DoesNotContain(folder["C.jpg"], rest);
    }

    private static string Refusal(string path)
    {
        string message = Assert.Throws<DatasetException>(() => ImageFolder.Open(path)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static void Touch(TemporaryFolder folder, params string[] names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            File.WriteAllText(folder[name], "");
        }
    }
}
