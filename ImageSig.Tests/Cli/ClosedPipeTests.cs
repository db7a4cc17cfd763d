using System.Diagnostics;
using System.Text;
using ImageSig.Cli;
using ImageSig.Cli.Commands;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>Programs whose output is read by another, which ends before they do: <c>imagesig … | head -1</c>.</summary>
public class ClosedPipeTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private const string Closed = "imagesig: standard output was closed by whoever read it; the rest of the results is left out.\n";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [LinuxTheory]
    [InlineData("--json")]
    [InlineData("--csv")]
    public void Predict_ends_in_the_middle_of_its_list_when_nobody_reads_the_answers(string form)
    {
        using Process process = Start("predict", "-m", trained.Model, "--list", "-", form, "--threads", "1");
        byte[] line = Encoding.UTF8.GetBytes($"{trained.APicture}\n");
        Give(process, line);
        Assert.NotNull(process.StandardOutput.ReadLine());
        process.StandardOutput.Close();
        // The list does not end: only the closed pipe can end the program.
        Give(process, [.. line, .. line]);
        Assert.Equal((ExitCode.Failed, Closed), EndOf(process));
    }

    [LinuxFact]
    public void Whoever_closes_the_output_before_the_first_line_is_told_too()
    {
        using Process process = Start("predict", "-m", trained.Model, "-");
        process.StandardOutput.Close();
        Give(process, File.ReadAllBytes(trained.APicture));
        process.StandardInput.Close();
        Assert.Equal((ExitCode.Failed, Closed), EndOf(process));
    }

    [LinuxFact]
    public void Watch_ends_when_nobody_reads_its_lines()
    {
        using Process process = Start("watch", "-m", trained.Model, "--fake", trained.Photos, "--fps", "50", "--every-frame");
        Assert.NotNull(process.StandardOutput.ReadLine());
        process.StandardOutput.Close();
        (int code, string messages) = EndOf(process);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Matches($@"^imagesig: \d+ pictures? classified, .*\n{Closed}$", messages);
    }

    [LinuxFact]
    public void Watch_that_has_pictures_to_keep_goes_on_without_printing()
    {
        using TemporaryFolder folder = new();
        byte[][] pictures = [.. Enumerable.Range(0, 20).Select(i => SyntheticPhotos.Picture(new Random(i), i < 10 ? 150 : 20).EncodeJpeg())];
        using Process process = Start("watch", "-m", trained.Model, "--every-frame", "--no-drop", "--accept-all", "--keep", folder["kept"]);
        Give(process, [.. pictures[..10].SelectMany(picture => picture)]);
        Assert.NotNull(process.StandardOutput.ReadLine());
        process.StandardOutput.Close();
        Give(process, [.. pictures[10..].SelectMany(picture => picture)]);
        process.StandardInput.Close();
        Assert.Equal(
            (ExitCode.Done, "imagesig: standard output was closed by whoever read it; watching goes on without printing.\nimagesig: 20 pictures classified, 0 dropped for newer ones, 0 damaged.\n"),
            EndOf(process));
        Assert.Contains(Directory.EnumerateFiles(folder["kept"]), file => file.EndsWith("-dark.jpg", StringComparison.Ordinal));
    }

    [LinuxFact]
    public void Pictures_are_sorted_to_the_last_when_nobody_reads_the_answers()
    {
        using TemporaryFolder folder = new();
        using Process process = Start("predict", "-m", trained.Model, trained.Photos, "--copy-to", folder["sorted"]);
        process.StandardOutput.Close();
        Assert.Equal(
            (ExitCode.Failed, "imagesig: standard output was closed by whoever read it; sorting goes on without printing.\n"), EndOf(process));
        Assert.Equal(Directory.EnumerateFiles(trained.Photos, "*", SearchOption.AllDirectories).Count(), Directory.EnumerateFiles(folder["sorted"], "*", SearchOption.AllDirectories).Count());
    }

    [LinuxFact]
    public void A_list_of_what_to_mend_is_written_before_anything_is_printed()
    {
        using TemporaryFolder folder = new();
        using Process process = Start("check", trained.Photos, "--fix-list", folder["mend.csv"], "--quiet");
        process.StandardOutput.Close();
        Assert.Equal((ExitCode.Failed, Closed), EndOf(process));
        Assert.True(File.Exists(folder["mend.csv"]));
    }

    [LinuxFact]
    public void Programs_that_write_one_file_one_after_the_other_write_behind_each_other()
    {
        using TemporaryFolder folder = new();
        string program = $"dotnet '{typeof(PredictCommand).Assembly.Location}' --version";
        using Process shell = Process.Start("sh", ["-c", $"{{ {program}; {program}; }} > '{folder["versions"]}'"]);
        Assert.True(shell.WaitForExit(Patience));
        Assert.Equal([$"imagesig {ProgramCommand.Version}", $"imagesig {ProgramCommand.Version}"], File.ReadAllLines(folder["versions"]));
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(PredictCommand).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;

    /// <summary>Writes to its standard input, of which it need not take all.</summary>
    private static void Give(Process process, byte[] bytes)
    {
        try
        {
            process.StandardInput.BaseStream.Write(bytes);
            process.StandardInput.BaseStream.Flush();
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    /// <summary>Its exit code and messages, once it has ended by itself.</summary>
    private static (int Code, string Messages) EndOf(Process process)
    {
        Task<string> messages = process.StandardError.ReadToEndAsync();
        bool ended = process.WaitForExit(Patience);
        if (!ended)
            process.Kill();
        Assert.True(ended, "it works on for nobody");
        return (process.ExitCode, messages.Result);
    }
}
