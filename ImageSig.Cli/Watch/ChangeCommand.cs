using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;

namespace ImageSig.Cli.Watch;

/// <summary>Runs a program when a label changes: with arguments and environment, never through a shell, so that no name can be taken for a command.</summary>
/// <param name="terminal">Told where it cannot be run.</param>
/// <param name="program">A program's path, or its name where it is found by that.</param>
internal sealed class ChangeCommand(Terminal terminal, string program) : IChangeListener
{
    private Process? running;

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

    /// <summary>Starts it: the arguments are the model, the label and the label before. While an earlier run goes on no other is started.</summary>
    public void Changed(WatchJson change)
    {
        if (running is { HasExited: false })
        {
            terminal.Complain($"{program} is still at work on an earlier change; it is not run for '{change.Label}'.");
            return;
        }
        running?.Dispose();
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
        try
        {
            running = Process.Start(start)!;
            running.StandardInput.Close();
            running.OutputDataReceived += (_, line) =>
            {
                if (line.Data is { } text)
                    terminal.Messages.WriteLine(text);
            };
            running.BeginOutputReadLine();
        }
        catch (Win32Exception problem)
        {
            running = null;
            terminal.Complain($"{program}: cannot be run: {new Win32Exception(problem.NativeErrorCode).Message}.");
        }
    }

    /// <summary>Waits a little for a run that goes on; it is not ended.</summary>
    public void Dispose()
    {
        running?.WaitForExit(TimeSpan.FromSeconds(2));
        running?.Dispose();
    }
}
