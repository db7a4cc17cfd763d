using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;

namespace ImageSig.Cli.Watch;

/// <summary>Runs a program when a label changes, one at a time: with arguments and environment, never through a shell, so that no name can be taken for a command.
/// Of what changes meanwhile it learns the latest of each model when it has ended.</summary>
internal sealed class ChangeCommand : ChangeWorker
{
    /// <summary>How long a run may take unless told otherwise.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(10);

    /// <summary>How long a run's last words are waited for; what it leaves running may hold its output open for ever.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <summary>How long the news of a stop may take behind that of a run which it ended too.</summary>
    private static readonly TimeSpan News = TimeSpan.FromSeconds(0.2);

    /// <summary>Exit codes above this are those of runs that a signal ended.</summary>
    private const int SignalCode = 128;

    private readonly Terminal terminal;
    private readonly string program;
    private readonly TimeSpan limit;
    private readonly CancellationToken stop;
    private readonly List<WatchJson> missed = [];
    private WatchJson? current;
    private bool isHeldUp;

    /// <param name="terminal">Told where it cannot be run.</param>
    /// <param name="program">A program's path, or its name where it is found by that.</param>
    /// <param name="limit">How long a run may take before it is ended.</param>
    /// <param name="stop">From then on nothing is begun any more; at the end of a stream what waits is.</param>
    public ChangeCommand(Terminal terminal, string program, TimeSpan limit, CancellationToken stop)
    {
        (this.terminal, this.program, this.limit, this.stop) = (terminal, program, limit, stop);
        Start("run");
    }

    /// <summary>Where the program is: a name without a folder is looked for in the current one, then in those of PATH.</summary>
    /// <exception cref="FileNotFoundException">It is not there, or may not be run.</exception>
    public static string Find(string program)
    {
        if (OperatingSystem.IsWindows())
            return program;
        string[] folders = program.Contains('/') ? [""] : ["", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)];
        string[] found = [.. folders.Select(folder => Path.GetFullPath(Path.Combine(folder, program))).Where(File.Exists)];
        if (found.Length == 0)
            throw new FileNotFoundException($"{program}: there is no such program to run on a change; give its path, such as ./alarm.sh.");
        return found.FirstOrDefault(MayBeRun) ?? throw new FileNotFoundException($"{program}: this file may not be run; make it executable (chmod +x).");

        static bool MayBeRun(string path) =>
            OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
    }

    /// <summary>Starts it, or has it started when the run that goes on ends.</summary>
    public override void Changed(WatchJson change)
    {
        lock (Gate)
        {
            if (current is null)
                current = change;
            else
            {
                missed.RemoveAll(other => other.Model == change.Model);
                missed.Add(change);
                if (!isHeldUp)
                    terminal.Complain($"{program} is still at work on an earlier change; when it ends it is run for the latest of each model.");
                isHeldUp = true;
            }
            Monitor.PulseAll(Gate);
        }
    }

    /// <summary>Runs it for one change after the other. At the end a run that goes on is waited for a little, and not ended.</summary>
    protected override void Work()
    {
        try
        {
            while (Next() is { } change)
            {
                Run(change);
                lock (Gate)
                {
                    current = missed.FirstOrDefault();
                    missed.Remove(current!);
                    isHeldUp &= current is not null;
                }
            }
            TellLeftOut($"{program} is not run any more", missed.Count + (current is null ? 0 : 1));
        }
        catch (OperationCanceledException)
        {
            TellLeftOut($"{program} is still at work", missed.Count);
        }
    }

    private void TellLeftOut(string why, int count)
    {
        if (count > 0)
            terminal.Complain($"{why}; changes that it was not run for: {count}.");
    }

    private WatchJson? Next()
    {
        lock (Gate)
        {
            while (current is null && !IsClosing)
                Monitor.Wait(Gate);
            return stop.IsCancellationRequested ? null : current;
        }
    }

    /// <summary>Runs it to its end: the arguments are the model, the label and the label before.</summary>
    private void Run(WatchJson change)
    {
        ProcessStartInfo start = new(program)
        {
            // The camera's stream is not the program's to read, and the lines of changes not its to stand between.
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, ArgumentList = { change.Model, change.Label ?? "", change.Previous ?? "" },
        };
        start.Environment["IMAGESIG_MODEL"] = change.Model;
        start.Environment["IMAGESIG_LABEL"] = change.Label;
        start.Environment["IMAGESIG_PREVIOUS"] = change.Previous;
        start.Environment["IMAGESIG_CONFIDENCE"] = change.Confidence.ToString("F4", CultureInfo.InvariantCulture);
        start.Environment["IMAGESIG_TIME"] = change.Time;
        start.Environment["IMAGESIG_IMAGE"] = change.Image ?? change.Kept;
        TaskCompletionSource<int> ended = new();
        TaskCompletionSource silent = new();
        Process process = new() { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => ended.TrySetResult(process.ExitCode);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
                terminal.Messages.WriteLine(text);
            else
                silent.TrySetResult();
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception problem)
        {
            process.Dispose();
            terminal.Complain($"{program}: cannot be run: {new Win32Exception(problem.NativeErrorCode).Message}.");
            return;
        }
        process.BeginOutputReadLine();
        process.StandardInput.Close();
        // Closed no earlier than that, lest what it leaves running dies of writing.
        _ = Task.WhenAll(ended.Task, silent.Task).ContinueWith(_ => process.Dispose(), TaskScheduler.Default);
        if (!ended.Task.Wait(limit, End))
            Stop(process);
        else if (ended.Task.Result > SignalCode)
            // Ctrl-C ends both; the run, mostly, is known to have ended first.
            stop.WaitHandle.WaitOne(News);
        silent.Task.Wait(LastWords, End);
    }

    private void Stop(Process process)
    {
        terminal.Complain($"{program} has not ended within its time ({Quantity.Time(limit)}) and is ended; --run-limit gives it more.");
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception problem) when (problem is Win32Exception or InvalidOperationException or AggregateException)
        {
            // It has ended by itself, or has rights of its own.
        }
    }
}
