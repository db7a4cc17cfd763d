using System.Text.RegularExpressions;
using ImageSig.Cli.Demo;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>docs/tutorial.md on drawn pictures of concrete: its commands are run, and its pictures are what they printed and wrote.</summary>
[Collection("Current folder")]
public sealed partial class TutorialTests
{
    private const int Seed = 5, PerClass = 60, Others = 60;

    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["dotnet publish"] = "the gate does it (publish)",
        ["export PATH"] = "is for the reader's shell",
        ["scripts/publish.sh"] = "the gate does what it does (publish-arm64)",
        ["scp "] = "needs a Pi",
        ["./imagesig-linux-arm64 selftest"] = "the gate does it in emulation (selftest-on-arm64)",
        ["rpicam-vid"] = "needs a camera; WatchCommandTests have a stream instead",
    };

    [Fact]
    public void The_tutorial_does_what_it_shows()
    {
        string before = Environment.CurrentDirectory;
        using TemporaryFolder folder = new();
        try
        {
            Environment.CurrentDirectory = folder.Path;
            DrawPictures();
            Dictionary<string, string> outputs = DocumentedRun.Of("docs/tutorial.md", Elsewhere).ToDictionary(done => done.Line, done => WithoutTimes(done.Answer.Results));
            string report = File.ReadAllText("report.html");
            PinnedText.AssertIs("assets/tutorial-check.svg", Terminal("check", "what imagesig check says of the pictures"));
            PinnedText.AssertIs("assets/tutorial-train.svg", Terminal("train", "what imagesig train says at its end: accuracy, classes, confusion matrix, the model"));
            PinnedText.AssertIs("assets/tutorial-predict.svg", Terminal("predict", "what imagesig predict says of two pictures"));
            PinnedText.AssertIs("assets/tutorial-report.svg", Drawing.OfReport(report, "Drawings of a report: losses and accuracies by epoch, ROC curve, precision over recall, reliability", "curves", "ranking", "calibration"));
            PinnedText.AssertIs("assets/tutorial-mistakes.svg", Drawing.OfPictures(report, "Each mistake, and the same picture with the parts that spoke for the answer in orange", "mistakes"));
            PinnedText.AssertIs("assets/streams.svg", Drawing.OfReport(report, "Left a picture with three rows marked; beside it the red, green and blue of each row as streams; then the terms of their signatures as bars; on the right what the model answers", "streams"));

            string Terminal(string command, string title) =>
                Drawing.OfTerminal(title, [.. outputs.Where(done => done.Key.StartsWith($"imagesig {command} ", StringComparison.Ordinal)).Select(done => (done.Key, done.Value))]);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Theory]
    [InlineData("decode 436.1 ms, train 1 min 2 s", "decode …, train …")]
    [InlineData("image  label  confidence    decode  features   model time\na.png  fire   97.6 %  1.28 ms   0.12 ms    13.4 ms", "image  label  confidence  decode  features  model time\na.png  fire   97.6 %       …         …           …")]
    public void Times_are_taken_out_with_their_units(string output, string expected) => Assert.Equal(expected, WithoutTimes(output));

    /// <summary>No picture is in two folders.</summary>
    private static void DrawPictures()
    {
        uint number = 0;
        foreach ((string set, int count) in (ReadOnlySpan<(string, int)>)[("photos", PerClass), ("more", Others)])
            foreach (string label in (string[])["cracked", "sound"])
            {
                Directory.CreateDirectory($"{set}/{label}");
                for (int i = 0; i < count; i++)
                    ConcretePicture.Draw(Seed, number++, label == "cracked").SavePng($"{set}/{label}/{i:D4}.png");
            }
        Directory.CreateDirectory("new");
        ConcretePicture.Draw(Seed, number++, cracked: true).SavePng("new/bridge.png");
        ConcretePicture.Draw(Seed, number, cracked: false).SavePng("new/wall.png");
    }

    /// <summary>What a command printed, without what differs from machine to machine.</summary>
    private static string WithoutTimes(string output) => TimeCells().Replace(TimeHeadings().Replace(Time().Replace(output, "…"), "  decode  features  model time"), "       …         …           …");

    [GeneratedRegex(@"\d[\d.,]* (?:h \d+ min|min \d+ s|ms|µs|s)\b")]
    private static partial Regex Time();

    [GeneratedRegex(" +decode +features +model time")]
    private static partial Regex TimeHeadings();

    [GeneratedRegex("(?: +…){3}(?=\n|$)")]
    private static partial Regex TimeCells();
}
