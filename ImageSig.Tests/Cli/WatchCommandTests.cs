using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ImageSig.Cli;
using ImageSig.Cli.Commands;
using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>watch</c>, as a process with a camera at its input.</summary>
public class WatchCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly byte[][] Bright = [.. Enumerable.Range(0, 100).Select(i => SyntheticPhotos.Picture(new Random(i), 150).EncodeJpeg())];
    private static readonly byte[][] Dark = [.. Enumerable.Range(0, 100).Select(i => SyntheticPhotos.Picture(new Random(i), 20).EncodeJpeg())];

    [Fact]
    public void Every_picture_is_accounted_for_and_each_change_is_a_line()
    {
        byte[][] frames = [.. Bright, .. Dark];
        frames[50] = frames[50][..(frames[50].Length / 2)];
        frames[150] = frames[150][..(frames[150].Length / 2)];
        (int code, string[] lines, string messages) = Watch([.. frames.SelectMany(frame => frame)], "--no-drop", "--accept-all");
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("198 pictures classified, 0 dropped for newer ones, 2 damaged.", messages, StringComparison.Ordinal);
        JsonElement[] changes = [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["bright", "dark"], changes.Select(change => change.GetProperty("label").GetString()));
        Assert.Equal([null, "bright"], changes.Select(change => change.GetProperty("previous").GetString()));
        Assert.Equal(5, changes[0].GetProperty("frame").GetInt64());
        Assert.InRange(changes[1].GetProperty("frame").GetInt64(), 100, 106);
        Assert.Equal(trained.Model, changes[0].GetProperty("model").GetString());
    }

    [Theory]
    [InlineData("rgb24,64x48", 3, 0)]
    [InlineData("bgra,64x48,300", 4, 44)]
    [InlineData("gray,64x48", 1, 0)]
    public void Raw_pictures_are_watched_as_JPEGs_are(string format, int bytesPerPixel, int gap)
    {
        byte[] frames = [.. Bright.Concat(Dark).SelectMany(file => Raw(file, bytesPerPixel, gap))];
        (int code, string[] lines, string messages) = Watch(frames, "--no-drop", "--accept-all", "--stdin-raw", format);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("200 pictures classified, 0 dropped for newer ones, 0 damaged.", messages, StringComparison.Ordinal);
        Assert.Equal(["bright", "dark"], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("label").GetString()));
    }

    [Fact]
    public void A_part_of_raw_pictures_is_looked_at_and_what_is_no_raw_picture_is_told()
    {
        byte[] frames = [.. Bright.Concat(Dark).SelectMany(file => Raw(file, 3, 0))];
        (_, string[] lines, _) = Watch(frames, "--no-drop", "--accept-all", "--stdin-raw", "rgb24,64x48", "--region", "0.25,0.25,0.5,0.5");
        Assert.Equal(["bright", "dark"], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("label").GetString()));
        (int code, _, string messages) = Watch(Bright[0], "--stdin-raw", "gray,16x16");
        Assert.Equal((ExitCode.Failed, "imagesig: standard input: JPEG has come where pictures of 16x16 pixels, 256 bytes each were expected; leave --stdin-raw out, or have the camera send raw pictures.\n"), (code, messages));
    }

    [Fact]
    public void A_camera_that_is_faster_loses_pictures_which_are_counted()
    {
        (int code, string[] lines, string messages) = Watch([.. Bright.Concat(Dark).SelectMany(frame => frame)], "--every-frame");
        Assert.Equal(ExitCode.Done, code);
        JsonElement last = JsonDocument.Parse(lines[^1]).RootElement;
        Assert.Equal(200, lines.Length + last.GetProperty("dropped").GetInt64());
        Assert.Contains($"{lines.Length} {(lines.Length == 1 ? "picture" : "pictures")} classified, {200 - lines.Length} dropped for newer ones, 0 damaged.", messages, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_change_runs_a_program_without_a_shell_and_hard_pictures_are_kept()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["alarm.sh"], $"#!/bin/sh\nprintf '%s|%s|%s|%s|%s\\n' \"$1\" \"$2\" \"$3\" \"$IMAGESIG_LABEL\" \"$IMAGESIG_IMAGE\" >> '{folder["log"]}'\n");
        using (Process allow = Process.Start("chmod", ["+x", folder["alarm.sh"]]))
            allow.WaitForExit();
        (int code, _, _) = Watch([.. Bright.SelectMany(frame => frame)], "--no-drop", "--accept-all", "--run", folder["alarm.sh"], "--keep", folder["kept"]);
        Assert.Equal(ExitCode.Done, code);
        Assert.Equal($"{trained.Model}|bright||bright|{Directory.EnumerateFiles(folder["kept"]).Order(StringComparer.Ordinal).First()}\n", File.ReadAllText(folder["log"]));
        Assert.Contains("-bright.jpg", Directory.EnumerateFiles(folder["kept"]).First(), StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_full_disk_behind_the_output_does_not_silence_the_alarm()
    {
        using TemporaryFolder folder = new();
        ProcessStartInfo start = new("sh", ["-c", $"exec dotnet '{typeof(WatchCommand).Assembly.Location}' watch -m '{trained.Model}' --no-drop --accept-all --keep '{folder["kept"]}' > /dev/full"])
        {
            RedirectStandardInput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> messages = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write([.. Bright.Concat(Dark).SelectMany(frame => frame)]);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.Equal((ExitCode.Done, 1), (process.ExitCode, messages.Result.Split("; watching goes on without.").Length - 1));
        Assert.Contains("200 pictures classified", messages.Result, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.EnumerateFiles(folder["kept"]));
    }

    [ProgramFact("script", "bsdutils")]
    public void A_terminal_is_no_camera()
    {
        using Process process = Process.Start(new ProcessStartInfo("script", ["-qec", $"dotnet '{typeof(WatchCommand).Assembly.Location}' watch -m '{trained.Model}'", "/dev/null"])
        {
            RedirectStandardOutput = true,
        })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(ExitCode.WrongUsage, process.ExitCode);
        Assert.Contains("name a source: --dir, --url or --fake", said, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_program_that_is_not_there_or_may_not_be_run_is_told_at_the_start()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["alarm.sh"], "#!/bin/sh\n");
        foreach ((string program, string said) in new[] { (folder["gone.sh"], "there is no such program"), ("no-such-program", "there is no such program"), (folder["alarm.sh"], "this file may not be run") })
        {
            Answer answer = Answer.To("watch", "-m", trained.Model, "--fake", trained.Photos, "--run", program);
            Assert.Equal(ExitCode.Failed, answer.Code);
            Assert.Contains(said, Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        }
    }

    [SmallDiskFact]
    public void Watching_goes_on_where_hard_pictures_find_no_room()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["disk"]);
        Assert.True(SmallDiskFactAttribute.Mount(folder["disk"], 16));
        try
        {
            (int code, string[] lines, string messages) = Watch(
                [.. Enumerable.Repeat(Bright[0], 200).SelectMany(frame => frame)], "--no-drop", "--accept-all", "--min-confidence", "1", "--keep", folder["disk"], "--keep-every", "0", "--every-frame");
            Assert.Equal(ExitCode.Done, code);
            Assert.Equal(200, lines.Length);
            Assert.Equal(1, messages.Split("Hard pictures are not kept until that is mended; watching goes on.").Length - 1);
            string[] kept = [.. lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kept").GetString()).OfType<string>()];
            Assert.NotEmpty(kept);
            Assert.All(kept, path => Assert.True(File.Exists(path)));
        }
        finally
        {
            SmallDiskFactAttribute.Unmount(folder["disk"]);
        }
    }

    [LinuxFact]
    public void Being_stopped_is_how_it_ends()
    {
        using Process process = Start("--fake", trained.Photos, "--fps", "50", "--every-frame");
        using (JsonDocument first = JsonDocument.Parse(process.StandardOutput.ReadLine()!))
        {
            Assert.True(File.Exists(first.RootElement.GetProperty("image").GetString()));
            Assert.InRange(first.RootElement.GetProperty("nowConfidence").GetDouble(), 0.5, 1);
            Assert.Equal(JsonValueKind.Null, first.RootElement.GetProperty("kept").ValueKind);
        }
        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            kill.WaitForExit();
        string rest = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(30_000), rest);
        Assert.Equal(ExitCode.Done, process.ExitCode);
        Assert.Matches(@"\d pictures? classified", process.StandardError.ReadToEnd());
    }

    [LinuxFact]
    public void A_quiet_folder_is_no_reason_for_a_service_manager_to_begin_anew()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["uploads"]);
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 60_000 };
        manager.Bind(new UnixDomainSocketEndPoint(folder["notify"]));
        ProcessStartInfo start = new("dotnet", [typeof(WatchCommand).Assembly.Location, "watch", "-m", trained.Model, "--dir", folder["uploads"]]) { RedirectStandardError = true };
        start.Environment["NOTIFY_SOCKET"] = folder["notify"];
        using Process process = Process.Start(start)!;
        byte[] state = new byte[100];
        Assert.Equal(["READY=1", "WATCHDOG=1", "WATCHDOG=1"], Enumerable.Range(0, 3).Select(_ => Encoding.ASCII.GetString(state, 0, manager.Receive(state))));
        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            kill.WaitForExit();
        Assert.Contains("0 pictures classified", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        process.WaitForExit();
        Assert.Equal(ExitCode.Done, process.ExitCode);
    }

    [Fact]
    public void A_damaged_picture_is_damaged_in_a_region_too()
    {
        byte[][] frames = [.. Bright[..10]];
        frames[5] = frames[5][..(frames[5].Length / 2)];
        (_, _, string messages) = Watch([.. frames.SelectMany(frame => frame)], "--no-drop", "--region", "0,0,1,0.5");
        Assert.Contains("9 pictures classified, 0 dropped for newer ones, 1 damaged.", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_picture_is_one() =>
        Assert.Equal("imagesig: 1 picture classified, 0 dropped for newer ones, 0 damaged.\n", Watch(Bright[0], "--no-drop").Messages);

    [Fact]
    public void A_stream_without_a_picture_is_a_failure_in_one_line()
    {
        (int code, string[] lines, string messages) = Watch("no pictures at all\n"u8.ToArray(), "--every-frame");
        Assert.Equal((ExitCode.Failed, 0), (code, lines.Length));
        Assert.Equal("imagesig: standard input: the stream ended without one whole picture; expected is motion JPEG, as 'rpicam-vid -t 0 --codec mjpeg -o -' writes it.\n", messages);
    }

    [Fact]
    public void A_stream_of_pictures_that_cannot_be_read_is_a_failure_and_the_first_says_why()
    {
        byte[] empty = [0xFF, 0xD8, 0xFF, 0xE0, 0, 2, 0xFF, 0xD9];
        (int code, _, string messages) = Watch([.. empty, .. empty, .. empty], "--no-drop");
        string[] said = messages.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((ExitCode.Failed, 3), (code, said.Length));
        Assert.StartsWith("imagesig: a picture of the stream: ", said[0], StringComparison.Ordinal);
        Assert.Contains("0 pictures classified, 0 dropped for newer ones, 3 damaged.", said[1], StringComparison.Ordinal);
        Assert.Equal("imagesig: none of the pictures that came could be read.", said[2]);
        Assert.Equal(ExitCode.Done, Watch([.. empty, .. Bright[0]], "--no-drop").Code);
    }

    [LinuxFact]
    public void Damaged_files_are_named_once_each()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["good.jpg"], Bright[0]);
        File.WriteAllBytes(folder["half.jpg"], Bright[0][..(Bright[0].Length / 2)]);
        using Process process = Start("--fake", folder.Path, "--fps", "100", "--every-frame");
        Task<string> messages = process.StandardError.ReadToEndAsync();
        for (int line = 0; line < 5; line++)
            process.StandardOutput.ReadLine();
        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            kill.WaitForExit();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string[] said = messages.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, said.Length);
        Assert.StartsWith($"imagesig: {folder["half.jpg"]}: ", said[0], StringComparison.Ordinal);
        Assert.DoesNotContain("half.jpg", said[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dir and --fake were given", "--dir", "a", "--fake", "b")]
    [InlineData("it goes with --fake", "--fps", "3")]
    [InlineData("--keep-megabytes was given without --keep", "--keep-megabytes", "3")]
    [InlineData("--keep-every was given without --keep", "--keep-every", "3")]
    [InlineData("--stdin-raw is 'yuv420p,640'; it must be FORMAT,WIDTHxHEIGHT", "--stdin-raw", "yuv420p,640")]
    [InlineData("--stdin-raw is 'rgb24,640x480,100'; it must be at least 1920 bytes from one row to the next, which 640 pixels take", "--stdin-raw", "rgb24,640x480,100")]
    [InlineData("--stdin-raw is 'gray,99999x99999'; it must be FORMAT,WIDTHxHEIGHT", "--stdin-raw", "gray,99999x99999")]
    [InlineData("--stdin-raw is 'nv12,641x480'; it must be of an even width with nv12", "--stdin-raw", "nv12,641x480")]
    [InlineData("--stdin-raw and --url were given", "--stdin-raw", "nv12,64x64", "--url", "http://camera/")]
    [InlineData("--stdin-mjpeg and --dir were given", "--stdin-mjpeg", "--dir", "a")]
    public void What_does_not_go_together_is_refused(string message, params string[] options)
    {
        Answer answer = Answer.To(["watch", "-m", trained.Model, .. options]);
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.Contains(message, Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }

    [LinuxFact]
    public void The_watched_folder_keeps_no_pictures_however_it_is_spelled()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["above/camera"]);
        Directory.CreateSymbolicLink(folder["link"], folder["above/camera"]);
        Directory.CreateSymbolicLink(folder["other"], folder["above"]);
        // Who watches has no end.
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        foreach (string keep in new[] { folder["above/camera"], folder["above/camera/"], folder["link"], folder["other/camera"] })
        {
            Answer answer = Answer.To(patience.Token, "watch", "-m", trained.Model, "--dir", folder["above/camera"], "--keep", keep);
            Assert.Equal((ExitCode.WrongUsage, $"imagesig: --keep and --dir are the same folder, {keep}; give the kept pictures one of their own."), (answer.Code, Assert.Single(answer.MessageLines)));
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["above/camera"]));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_in_a_line() =>
        Assert.Contains("no such folder", Assert.Single(Answer.To("watch", "-m", trained.Model, "--dir", "/nowhere/at-all").MessageLines), StringComparison.Ordinal);

    /// <summary>A picture as 64x48 raw pixels, red for each of their bytes.</summary>
    private static byte[] Raw(byte[] file, int bytesPerPixel, int gap)
    {
        Image picture = Resize.Fit(Image.Decode(file), 64, 48, ImageFit.Stretch);
        return [.. Enumerable.Range(0, 48).SelectMany(y => Enumerable.Range(0, 64).SelectMany(x => Enumerable.Repeat(picture.Row(y)[3 * x], bytesPerPixel)).Concat(new byte[gap]))];
    }

    private (int Code, string[] Lines, string Messages) Watch(byte[] stream, params string[] options)
    {
        using Process process = Start(options);
        Task<string> results = process.StandardOutput.ReadToEndAsync(), messages = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(stream);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, results.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries), messages.Result);
    }

    private Process Start(params string[] options) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(WatchCommand).Assembly.Location, "watch", "-m", trained.Model, .. options])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
}
