using System.Globalization;
using System.Text;
using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>The same name, as a keyboard types it (NFC) and as a Mac's disk holds it (NFD).</summary>
public class ClassNameTests
{
    [Theory]
    [InlineData("caf\u00E9", "cafe\u0301")]
    [InlineData("\u1EC7", "e\u0323\u0302")]
    [InlineData("\uD55C\uAE00 \uAC01", "\u1112\u1161\u11AB\u1100\u1173\u11AF \u1100\u1161\u11A8")]
    [InlineData("\u212Bngstr\u00F6m", "A\u030Angstro\u0308m")]
    [InlineData("e\u0301\u0317", "e\u0317\u0301")]
    public void Names_that_mean_the_same_are_the_same(string one, string other) => Assert.Equal(CanonicalForm.Of(one), CanonicalForm.Of(other));

    [Theory]
    [InlineData("p\u00EAche", "p\u00E9che")]
    [InlineData("cafe", "caf\u00E9")]
    [InlineData("fire", "Fire")]
    [InlineData("\uFB01re", "fire")]
    public void Names_that_differ_stay_different(string one, string other) => Assert.NotEqual(CanonicalForm.Of(one), CanonicalForm.Of(other));

    [ProgramFact("python3", "python3")]
    public void Every_letter_that_python_can_take_apart_is_the_same_taken_apart()
    {
        string printed = PythonFactAttribute.Run(
            """
            import unicodedata
            for code in list(range(0x80, 0xD800)) + list(range(0xE000, 0xF900)) + list(range(0xFB00, 0x10000)):
                parts = unicodedata.normalize('NFD', chr(code))
                if parts != chr(code): print('%04X' % code, ''.join('%04X' % ord(part) for part in parts if ord(part) < 0x10000))
            """);
        int letters = 0;
        foreach (string line in printed.Split('\n'))
        {
            string[] cells = line.Split(' ');
            Assert.True(Same(Text(cells[0]), Text(cells[1])), line);
            letters++;
        }
        Assert.InRange(letters, 12_000, 14_000);

        static bool Same(string one, string other) => CanonicalForm.Of(one) == CanonicalForm.Of(other);

        static string Text(string digits)
        {
            StringBuilder text = new();
            for (int i = 0; i < digits.Length; i += 4)
                text.Append((char)int.Parse(digits.AsSpan(i, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            return text.ToString();
        }
    }

    [Fact]
    public void A_model_knows_its_classes_in_either_form()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["nfc"], perClass: 4);
        SyntheticPhotos.Write(folder["nfd"], perClass: 4);
        Directory.Move(folder["nfc/dark"], folder["nfc/caf\u00E9"]);
        Directory.Move(folder["nfd/dark"], folder["nfd/cafe\u0301"]);
        TrainingRecipe quick = TrainingRecipe.Named("default", "fc") with { Features = new() { Width = 20, Height = 20, Depth = 2 } };
        ImageSet nfc = ImageSet.Open(folder["nfc"]), nfd = ImageSet.Open(folder["nfd"]);
        TrainingOutcome outcome = ImageClassifier.Train(nfc, quick, validation: nfd);
        Assert.Equal([4, 4], outcome.Classifier.Training.ValidationImages);
        Assert.Equal(8, outcome.Classifier.Evaluate(nfd).Confusion.Count);
        nfc.CheckHasClassesOf(nfd);
    }

    [Fact]
    public async Task An_image_through_a_pipe_is_read_as_one_in_a_file()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using TemporaryFolder folder = new();
        Image picture = SyntheticPhotos.Picture(new Random(3), 40);
        using System.IO.Pipes.AnonymousPipeServerStream pipe = new(System.IO.Pipes.PipeDirection.Out);
        Task writing = Task.Run(() =>
        {
            pipe.Write(picture.EncodePng());
            // The end that writes alone: the other has to be there until it is opened.
            pipe.SafePipeHandle.Dispose();
        });
        FeatureOptions features = new();
        Image read = ImageReader.Read($"/dev/fd/{pipe.GetClientHandleAsString()}", features);
        Assert.Equal(Resize.Fit(picture, features.Width, features.Height, features.Fit).Pixels.ToArray(), read.Pixels.ToArray());
        await writing;
    }
}
