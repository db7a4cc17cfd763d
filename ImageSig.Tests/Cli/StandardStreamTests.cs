using System.Diagnostics;
using ImageSig.Cli;
using ImageSig.Cli.Commands;
using ImageSig.Cli.Display;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>Standard input that is silent or a folder, and standard streams that a process was begun without.</summary>
public class StandardStreamTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_silent_stream_is_not_waited_for_after_a_stop()
    {
        using CancellationTokenSource stop = new();
        using SilentStream silent = new();
        using StoppableStream stream = new(silent, stop.Token);
        Task<int> reading = Task.Run(() => stream.Read(new byte[1]));
        Assert.True(silent.IsRead.Wait(Patience));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience));
        silent.End.Set();
    }

    [Fact]
    public void What_is_read_until_a_stop_is_what_the_stream_holds()
    {
        byte[] bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);
        using StoppableStream stream = new(new MemoryStream(bytes), CancellationToken.None);
        using MemoryStream read = new();
        stream.CopyTo(read);
        Assert.Equal(bytes, read.ToArray());
    }

    [LinuxTheory]
    [InlineData("predict -m MODEL - <&-", "standard input is closed.")]
    [InlineData("predict -m MODEL --list - <&-", "standard input is closed.")]
    [InlineData("watch -m MODEL <&-", "standard input is closed.")]
    [InlineData("signature - -o new.npy --depth 2 <&-", "standard input is closed.")]
    [InlineData("predict -m MODEL - < /", "standard input is a folder; give a file or a pipe.")]
    [InlineData("watch -m MODEL < /", "standard input is a folder; give a file or a pipe.")]
    [InlineData("inspect MODEL >&-", "standard output is closed; the results are left out.")]
    public void A_stream_that_is_closed_or_a_folder_is_said_to_be(string command, string line)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"dotnet '{typeof(PredictCommand).Assembly.Location}' {command.Replace("MODEL", $"'{trained.Model}'", StringComparison.Ordinal)}"])
        {
            RedirectStandardError = true,
        })!;
        Task<string> messages = shell.StandardError.ReadToEndAsync();
        if (!shell.WaitForExit(Patience))
            shell.Kill(entireProcessTree: true);
        Assert.Equal($"imagesig: {line}\n", messages.Result);
        Assert.Equal(ExitCode.Failed, shell.ExitCode);
    }

    [LinuxFact]
    public void A_table_of_points_comes_through_a_pipe()
    {
        using TemporaryFolder folder = new();
        string command = $"printf 'x,y\\n0,0\\n1,2\\n' | dotnet '{typeof(PredictCommand).Assembly.Location}' signature - -o '{folder["s.npy"]}' --depth 1 > /dev/null";
        using Process shell = Process.Start("sh", ["-c", command]);
        Assert.True(shell.WaitForExit(Patience));
        Assert.Equal([1.0, 2], NpyFile.Read<double>(folder["s.npy"]).Values);
    }

    [LinuxTheory]
    [InlineData("cat a.npy", "")]
    [InlineData("head -c 150 a.npy", "imagesig: standard input: shape [2, 3, 2] needs 48 bytes of values, there is less; it is cut or damaged.\n")]
    [InlineData("cat a.npy a.npy", "imagesig: standard input: shape [2, 3, 2] needs 48 bytes of values, there is more; it is cut or damaged.\n")]
    [InlineData("cat flat.npy", "imagesig: standard input: the array is [6]; [B, T, C] was expected: paths, points, dimensions.\n")]
    public void An_array_comes_through_a_pipe_as_from_its_file(string writer, string messages)
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<float>(folder["a.npy"], [0, 0, 1, 2, 3, 5, 0, 0, 2, 1, 1, 8], 2, 3, 2);
        NpyFile.Write<float>(folder["flat.npy"], new float[6], 6);
        Assert.Equal(ExitCode.Done, Answer.To("signature", folder["a.npy"], "-o", folder["file.npy"], "--depth", "3").Code);
        string command = $"{writer} | dotnet '{typeof(PredictCommand).Assembly.Location}' signature - -o pipe.npy --depth 3 > /dev/null";
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = folder.Path, RedirectStandardError = true })!;
        Assert.Equal(messages, shell.StandardError.ReadToEnd());
        Assert.True(shell.WaitForExit(Patience));
        Assert.Equal(messages.Length == 0, File.Exists(folder["pipe.npy"]));
        if (messages.Length == 0)
            Assert.Equal(File.ReadAllBytes(folder["file.npy"]), File.ReadAllBytes(folder["pipe.npy"]));
    }

    /// <summary>A pipe whose writer says nothing.</summary>
    private sealed class SilentStream : ForwardStream
    {
        public ManualResetEventSlim IsRead { get; } = new();

        public ManualResetEventSlim End { get; } = new();

        public override int Read(Span<byte> buffer)
        {
            IsRead.Set();
            End.Wait();
            return 0;
        }
    }
}
