using System.Text.RegularExpressions;
using ImageSig.Checking;
using ImageSig.Cli;
using ImageSig.Imaging;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline.Checking;

/// <summary>What <c>train</c> says of pictures that it reads anyway.</summary>
public class QuickCheckTests
{
    private static readonly string[] Small = ["--image-size", "16", "--epochs", "1", "--model", "fc", "--depth", "2", "--quiet"];

    [Fact]
    public void Training_says_what_is_wrong_with_its_pictures_in_five_lines_at_most()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["a", "b"], perClass: 12, seed: 7);
        File.Copy(folder["photos/a/003.png"], folder["photos/a/twin.png"]);
        File.Copy(folder["photos/a/004.png"], folder["photos/b/other-label.png"]);
        Fill(folder["photos/a/gray.png"], (_, _) => 128);
        Fill(folder["photos/a/night.png"], (x, _) => (byte)(x / 2));
        Fill(folder["photos/b/noon.png"], (x, _) => (byte)(220 + (x / 4)));
        Fill(folder["photos/b/noon2.png"], (_, y) => (byte)(220 + (y / 4)));
        File.WriteAllText(folder["photos/a/words.jpg"], "no picture");
        Answer answer = Answer.To(["train", folder["photos"], "-o", folder["m"], "--validation", "0", .. Small]);
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal(
            $"""
            imagesig: 1 picture is under two labels: {folder["photos/a/004.png"]} and {folder["photos/b/other-label.png"]}.
            imagesig: 1 picture is in the training set before: {folder["photos/a/twin.png"]} is {folder["photos/a/003.png"]}; one copy is enough.
            imagesig: 1 picture is nearly of one color: {folder["photos/a/gray.png"]}; 'imagesig check' shows them all.
            imagesig: 1 picture is very dark: {folder["photos/a/night.png"]}; 'imagesig check' shows them all.
            imagesig: 2 pictures are very light: {folder["photos/b/noon.png"]} is the first; 'imagesig check' shows them all.
            """,
            string.Join('\n', answer.MessageLines[..5]));
        Assert.Equal(7, answer.MessageLines.Length);
        Assert.EndsWith("1 unreadable file was left out.", answer.MessageLines[6], StringComparison.Ordinal);

        // With a sixth kind of finding there are five lines still.
        answer = Answer.To(["train", folder["photos"], "-o", folder["n"], "--test", folder["photos"], "--validation", "0", .. Small]);
        Assert.Equal(5, answer.MessageLines.Count(line => Regex.IsMatch(line, "^imagesig: [0-9]+ pictures? (is|are) ")));
    }

    [Fact]
    public void Of_clean_pictures_nothing_is_said()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["a", "b"], perClass: 8, seed: 7);
        Assert.Equal("", Answer.To(["train", folder["photos"], "-o", folder["m"], .. Small]).Messages);
    }

    [Fact]
    public void A_class_of_one_picture_is_trained_and_named()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["a", "b"], perClass: 4, seed: 7);
        foreach (string file in Directory.GetFiles(folder["photos/a"]).Skip(1))
            File.Delete(file);
        Answer answer = Answer.To(["train", folder["photos"], "-o", folder["m"], .. Small]);
        Assert.Equal((ExitCode.Done, "imagesig: a: this class has a single picture to train on; answers about it are guesses.\n"), (answer.Code, answer.Messages));
    }

    [LinuxFact]
    public void Classes_that_differ_in_case_alone_are_trained_and_named()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["a", "b", "A"], perClass: 8, seed: 7);
        Answer answer = Answer.To(["train", folder["photos"], "-o", folder["m"], .. Small]);
        Assert.Equal((ExitCode.Done, "imagesig: A, a: these classes differ in upper and lower case alone; if they are one, give them one name.\n"), (answer.Code, answer.Messages));
    }

    [Fact]
    public void Levels_are_those_of_the_histogram()
    {
        byte[] pixels = [.. Enumerable.Range(0, 100).SelectMany(i => Enumerable.Repeat((byte)i, 3))];
        PictureLevels levels = PictureLevels.Of(pixels);
        Assert.Equal((2, 98), (levels.Darkest, levels.Brightest));
        Assert.Equal(Math.Sqrt(((100 * 100) - 1) / 12.0), levels.Contrast, 1e-9);
    }

    private static void Fill(string path, Func<int, int, byte> level)
    {
        Image image = new(64, 64);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = level(i / 3 % 64, i / 3 / 64);
        image.SavePng(path);
    }
}
