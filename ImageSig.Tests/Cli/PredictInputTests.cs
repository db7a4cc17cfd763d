using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ImageSig.Cli;
using ImageSig.Cli.Predict;
using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>Where <c>predict</c> takes pictures from, beside single files.</summary>
public class PredictInputTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Fact]
    public void A_file_of_many_pictures_gets_a_row_for_each()
    {
        using TemporaryFolder folder = new();
        byte[][] pictures = [.. Enumerable.Range(0, 3).Select(number => Noise(number).EncodeJpeg())];
        File.WriteAllBytes(folder["clip.mjpeg"], [.. pictures.SelectMany(bytes => bytes)]);
        Answer answer = Answer.To("predict", "-m", trained.Model, folder["clip.mjpeg"], "--json");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Equal(3, answer.ResultLines.Length);
        for (int number = 0; number < 3; number++)
        {
            File.WriteAllBytes(folder["one.jpg"], pictures[number]);
            string alone = Assert.Single(Answer.To("predict", "-m", trained.Model, folder["one.jpg"], "--json").ResultLines);
            Assert.Contains($"clip.mjpeg#{number + 1}\"", answer.ResultLines[number], StringComparison.Ordinal);
            Assert.Equal(Confidence(alone), Confidence(answer.ResultLines[number]));
        }
    }

    [Fact]
    public void A_damaged_picture_among_many_is_named_and_the_others_are_answered()
    {
        using TemporaryFolder folder = new();
        byte[] first = Noise(1).EncodeJpeg(), second = Noise(2).EncodeJpeg(), third = Noise(3).EncodeJpeg();
        // Everything behind the middle of the third picture is gone, but for its end marker.
        byte[] damaged = [.. third[..(third.Length / 2)], 0xFF, 0xD9];
        File.WriteAllBytes(folder["clip.mjpeg"], [.. first, .. second, .. damaged, .. first]);
        Answer answer = Answer.To("predict", "-m", trained.Model, folder["clip.mjpeg"]);
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Contains("clip.mjpeg#3: ", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.Equal(4, answer.ResultLines.Length);
    }

    [Fact]
    public void A_file_of_many_pictures_keeps_its_place_among_those_of_one()
    {
        using TemporaryFolder folder = new();
        foreach (string name in new[] { "a.jpg", "c.jpg", "d.jpg", "f.jpg" })
            File.WriteAllBytes(folder[name], Noise(1).EncodeJpeg());
        foreach (string name in new[] { "b.mjpeg", "e.mjpeg" })
            File.WriteAllBytes(folder[name], [.. Noise(2).EncodeJpeg(), .. Noise(3).EncodeJpeg()]);
        foreach (string threads in new[] { "1", "2" })
        {
            Answer answer = Answer.To("predict", "-m", trained.Model, folder.Path, "--csv", "--threads", threads);
            Assert.Equal(
                ((string[])["a.jpg", "b.mjpeg#1", "b.mjpeg#2", "c.jpg", "d.jpg", "e.mjpeg#1", "e.mjpeg#2", "f.jpg"]).Select(name => folder[name]),
                answer.ResultLines.Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]));
        }
    }

    [LinuxFact]
    public void A_dash_and_the_device_of_standard_input_answer_what_the_file_answers()
    {
        using TemporaryFolder folder = new();
        foreach ((string name, byte[] file) in new[] { ("a.jpg", Noise(1).EncodeJpeg()), ("a.png", Noise(2).EncodePng()) })
        {
            File.WriteAllBytes(folder[name], file);
            string expected = Confidence(Assert.Single(Answer.To("predict", "-m", trained.Model, folder[name], "--json").ResultLines));
            foreach (string input in new[] { "-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0" })
                Assert.Equal(expected, Confidence(Assert.Single(Piped(file, "predict", "-m", trained.Model, input, "--json").Trim().Split('\n'))));
        }
        byte[] list = System.Text.Encoding.UTF8.GetBytes($"{folder["a.jpg"]}\0{folder["a.png"]}\0");
        Assert.Equal(2, Piped(list, "predict", "-m", trained.Model, "--list", "-", "--null", "--json").Trim().Split('\n').Count(line => line.Contains("\"label\"", StringComparison.Ordinal)));
        Assert.Equal(2, Piped(list, "predict", "-m", trained.Model, "--list", "/dev/stdin", "--null", "--json").Trim().Split('\n').Count(line => line.Contains("\"label\"", StringComparison.Ordinal)));
        Assert.StartsWith("imagesig: standard input: the file is empty; ", Piped([], "predict", "-m", trained.Model, "-"), StringComparison.Ordinal);
        Assert.StartsWith("imagesig: standard input: the file is empty; ", Piped([], "predict", "-m", trained.Model, "/dev/stdin"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_of_standard_input_is_in_memory_once()
    {
        byte[] file = Noise(1).EncodeJpeg();
        using RememberedStream input = new(new MemoryStream(file));
        Assert.False(MotionJpegReader.IsMotionJpeg(input));
        MemoryStream whole = input.Whole();
        Assert.True(Image.WithWhole(whole, DecodeOptions.Default, bytes =>
            bytes.SequenceEqual(file) && Unsafe.AreSame(ref MemoryMarshal.GetReference(bytes), ref MemoryMarshal.GetArrayDataReference(whole.GetBuffer()))));
        Assert.Equal(file.Length, whole.Position);
    }

    [LinuxFact]
    public void Who_waits_for_the_device_of_standard_input_stops_at_once()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "imagesig.dll");
        ProcessStartInfo start = new("dotnet", [program, "predict", "-m", trained.Model, trained.APicture, "/dev/stdin", "--json", "--threads", "1"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Assert.NotNull(process.StandardOutput.ReadLine());
        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            kill.WaitForExit();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), "it still waits");
        Assert.Equal("imagesig: stopped; nothing was left half-written.\n", process.StandardError.ReadToEnd());
        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
    }

    [LinuxFact]
    public void Of_many_pictures_on_standard_input_the_first_is_answered_and_the_others_are_told()
    {
        byte[] first = Noise(1).EncodeJpeg(), second = Noise(2).EncodeJpeg();
        string[] command = ["predict", "-m", trained.Model, "-", "--json"];
        string[] lines = Piped([.. first, .. second, .. first], command).Trim().Split('\n');
        Assert.Equal(Confidence(Assert.Single(Piped(first, command).Trim().Split('\n'))), Confidence(lines[0]));
        Assert.Equal(["imagesig: standard input holds several pictures (motion JPEG), of which the first is answered; 'imagesig watch' answers them all."], lines[1..]);
    }

    [LinuxTheory]
    [InlineData("predict -m MODEL /dev/zero", "/dev/zero: this is not an image: it starts with the bytes 00 00 00 00 00 00 00 00; ")]
    [InlineData("predict -m /dev/zero PICTURE", "/dev/zero: this is not a model file: the header is not the JSON of a safetensors file; the file is damaged.")]
    [InlineData("inspect /dev/urandom", "/dev/urandom: this is not a model file: it does not begin with the length of a safetensors header")]
    [InlineData("import /dev/zero -o NEW --like MODEL", "/dev/zero: the header is not the JSON of a safetensors file")]
    [InlineData("train PHOTOS -o NEW --backbone /dev/full", "/dev/full: the header is not the JSON of a safetensors file")]
    [InlineData("train PHOTOS -o NEW --attributes /dev/zero", "/dev/zero, line 1: this line is longer than 1048576 characters.")]
    [InlineData("image /dev/full", "/dev/full: this is not an image: ")]
    [InlineData("bench decode /dev/zero", "/dev/zero: this is a device or a pipe, which may have no end; give a file.")]
    [InlineData("predict -m MODEL --list /dev/zero", "/dev/zero, line 1: a path holds no NUL; give --null too")]
    [InlineData("predict -m MODEL --list /dev/zero --null", "/dev/zero: NUL, 32768 times and more with no path between them; ")]
    public void A_device_without_an_end_is_refused_in_a_line_and_little_memory(string command, string line)
    {
        using TemporaryFolder folder = new();
        string[] arguments = [.. command.Split(' ').Select(word => word switch { "MODEL" => trained.Model, "PICTURE" => trained.APicture, "PHOTOS" => trained.Photos, "NEW" => folder["new"], _ => word })];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Answer answer = Answer.To(arguments);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.StartsWith($"imagesig: {line}", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_a_list_that_is_longer_than_any_path_is_refused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["list"], $"{trained.APicture}\r\n{new string('a', 40_000)}\n");
        Answer answer = Answer.To("predict", "-m", trained.Model, "--list", folder["list"], "--json");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Equal($"imagesig: {folder["list"]}, line 2: this line is longer than 32768 characters, and no path is; give a list of paths, one a line.", Assert.Single(answer.MessageLines));
        Assert.Single(answer.ResultLines);
    }

    /// <summary>What the program says, in a process of its own, with these bytes on its standard input.</summary>
    private static string Piped(byte[] input, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "imagesig.dll");
        ProcessStartInfo start = new("dotnet", [program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        string results = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return results;
    }

    private static Image Noise(int seed)
    {
        Image image = new(48, 40);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }

    private static string Confidence(string line) => line[line.IndexOf("\"label\"", StringComparison.Ordinal)..line.IndexOf("\"milliseconds\"", StringComparison.Ordinal)];
}
