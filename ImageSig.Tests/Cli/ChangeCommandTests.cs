using System.Diagnostics;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Cli.Watch;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>The program of <c>watch --run</c> learns the latest of every model, however slow it is.</summary>
public class ChangeCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [LinuxFact]
    public void What_changes_during_a_run_is_told_after_it_the_latest_of_each_model_in_order()
    {
        using TemporaryFolder folder = new();
        using StringWriter messages = new();
        using (ChangeCommand command = new(Silent(messages), Script(folder, "while [ ! -e go ]; do sleep 0.05; done"), Patience, CancellationToken.None))
        {
            command.Changed(Change("a", "fire"));
            Await(() => Log(folder).Length == 1, folder);
            command.Changed(Change("a", "smoke"));
            command.Changed(Change("b", "day"));
            command.Changed(Change("a", "nofire"));
            File.WriteAllText(folder["go"], "");
            Await(() => Log(folder).Length == 3, folder);
            command.Changed(Change("b", "night"));
            Await(() => Log(folder).Length == 4, folder);
        }
        Assert.Equal(["a fire", "b day", "a nofire", "b night"], Log(folder));
        Assert.StartsWith($"imagesig: {folder["alarm.sh"]} is still at work on an earlier change; when it ends it is run for the latest of each model.\n", messages.ToString(), StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_run_that_hangs_is_ended_with_all_that_it_started_and_the_next_is_begun()
    {
        using TemporaryFolder folder = new();
        using StringWriter messages = new();
        using (ChangeCommand command = new(Silent(messages), Script(folder, "[ \"$2\" = nofire ] && exit; sleep 1000 & echo $! > child.new; mv child.new child; wait"), TimeSpan.FromSeconds(5), CancellationToken.None))
        {
            command.Changed(Change("a", "fire"));
            Await(() => File.Exists(folder["child"]), folder);
            command.Changed(Change("a", "nofire"));
            Await(() => Log(folder).Length == 2, folder);
        }
        Assert.Equal(["a fire", "a nofire"], Log(folder));
        Assert.Contains($"imagesig: {folder["alarm.sh"]} has not ended within its time (5.0 s) and is ended; --run-limit gives it more.\n", messages.ToString(), StringComparison.Ordinal);
        string child = $"/proc/{File.ReadAllText(folder["child"]).Trim()}/cmdline";
        // A process that has ended and that nobody has asked about has a folder there, and nothing in it.
        Await(() => !File.Exists(child) || File.ReadAllText(child).Length == 0, folder);
    }

    [LinuxFact]
    public void What_it_prints_goes_to_the_messages_and_what_it_leaves_running_holds_nothing_up()
    {
        using TemporaryFolder folder = new();
        using StringWriter messages = new();
        using (ChangeCommand command = new(Silent(messages), Script(folder, "sleep 30 & echo rings"), Patience, CancellationToken.None))
        {
            command.Changed(Change("a", "fire"));
            Await(() => Log(folder).Length == 1, folder);
            command.Changed(Change("a", "nofire"));
            Stopwatch time = Stopwatch.StartNew();
            Await(() => Log(folder).Length == 2, folder);
            Assert.InRange(time.Elapsed.TotalSeconds, 0, 25);
        }
        Assert.Equal(2, messages.ToString().Split('\n').Count(line => line == "rings"));
    }

    [LinuxFact]
    public void After_a_stop_nothing_is_begun_and_what_is_left_out_is_counted()
    {
        using TemporaryFolder folder = new();
        using StringWriter messages = new();
        using CancellationTokenSource stop = new();
        using (ChangeCommand command = new(Silent(messages), Script(folder, "while [ ! -e go ]; do sleep 0.05; done"), Patience, stop.Token))
        {
            command.Changed(Change("a", "fire"));
            Await(() => Log(folder).Length == 1, folder);
            command.Changed(Change("a", "smoke"));
            command.Changed(Change("b", "day"));
            stop.Cancel();
            File.WriteAllText(folder["go"], "");
        }
        Assert.Equal(["a fire"], Log(folder));
        Assert.EndsWith($"imagesig: {folder["alarm.sh"]} is not run any more; changes that it was not run for: 2.\n", messages.ToString(), StringComparison.Ordinal);
    }

    [LinuxFact]
    public void What_waits_at_the_end_of_a_stream_is_told()
    {
        using TemporaryFolder folder = new();
        using StringWriter messages = new();
        using (ChangeCommand command = new(Silent(messages), Script(folder, ""), Patience, CancellationToken.None))
        {
            command.Changed(Change("a", "fire"));
            command.Changed(Change("a", "smoke"));
        }
        Assert.Equal(["a fire", "a smoke"], Log(folder));
    }

    /// <summary>A program that writes what it is run for into <c>log</c>, and then does something in that folder.</summary>
    private static string Script(TemporaryFolder folder, string then)
    {
        File.WriteAllText(folder["alarm.sh"], $"#!/bin/sh\ncd '{folder.Path}'\necho \"$1 $2\" >> log\n{then}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["alarm.sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder["alarm.sh"];
    }

    private static string[] Log(TemporaryFolder folder) => File.Exists(folder["log"]) ? File.ReadAllLines(folder["log"]) : [];

    private static void Await(Func<bool> condition, TemporaryFolder folder)
    {
        for (Stopwatch time = Stopwatch.StartNew(); !condition(); Thread.Sleep(20))
            Assert.True(time.Elapsed < Patience, $"the log is: {string.Join(", ", Log(folder))}");
    }

    private static WatchJson Change(string model, string label) => new("2026-01-31T12:00:00Z", model, label, 0.9, null, true, label, 0.9, 1, 0, 0, null, null);

    private static Terminal Silent(TextWriter messages) => new(TextWriter.Null, TextWriter.Synchronized(messages), isInteractive: false);
}
