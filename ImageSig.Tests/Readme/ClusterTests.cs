using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>The examples of docs/cluster.md, run as they stand there.</summary>
public sealed class ClusterTests : IDisposable
{
    /// <summary>Milliseconds after which something hangs; no machine is so busy.</summary>
    private const int Patience = 600_000;

    private readonly TemporaryFolder folder = new();
    private readonly List<Process> servers = [];

    public ClusterTests()
    {
        SyntheticPhotos.Write(folder["photos"], perClass: 6);
        string host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        Directory.CreateDirectory(folder["bin"]);
        Script("imagesig", $"exec '{host}' '{Path.Combine(AppContext.BaseDirectory, "imagesig.dll")}' \"$@\"");
    }

    [ProgramFact("parallel", "parallel")]
    public void Shards_under_GNU_parallel_give_the_model_of_one_process()
    {
        Run(Block("GNU parallel", 0));
        Assert.Equal(ModelOfOneProcess(), File.ReadAllBytes(folder["fire.safetensors"]));
    }

    [SlurmFact]
    public void Shards_under_Slurm_give_the_model_of_one_process_and_one_is_done_again_alone()
    {
        StartSlurm();
        string job = Block("Slurm", 0);
        Assert.StartsWith("#!/bin/bash\n", job, StringComparison.Ordinal);
        File.WriteAllText(folder["shards.sbatch"], job);
        // Waits where the documentation goes on by itself.
        Run(Block("Slurm", 1).Replace("sbatch --dependency", "sbatch --wait --dependency", StringComparison.Ordinal));
        Assert.Equal(ModelOfOneProcess(), File.ReadAllBytes(folder["fire.safetensors"]));

        Directory.Delete(folder["part-3"], recursive: true);
        Run(Block("Slurm", 2));
        Assert.Equal(["part-1", "part-2", "part-3", "part-4"], Directory.GetDirectories(folder.Path, "part-*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(0, Answer.To("cache", "merge", folder["part-1"], folder["part-2"], folder["part-3"], folder["part-4"], "-o", folder["again"]).Code);
    }

    [LinuxFact]
    public void The_manifest_for_Kubernetes_is_an_indexed_job_whose_shards_are_all_there_are()
    {
        string manifest = Block("Kubernetes", 0);
        foreach (string line in (string[])["apiVersion: batch/v1", "kind: Job", "completionMode: Indexed", "restartPolicy: Never"])
            Assert.Contains(line, manifest, StringComparison.Ordinal);
        int completions = int.Parse(Regex.Match(manifest, @"completions: (\d+)").Groups[1].Value);
        Assert.All(manifest.TrimEnd().Split('\n'), line => Assert.Matches(@"^( {2})*(- )?(\{.*\}|[A-Za-z]+:( .+)?|k=.+)$", line));
        string shell = Regex.Match(manifest, @"- (k=.+)").Groups[1].Value;
        Script("imagesig", "echo \"$@\"");
        Assert.Equal(
            Enumerable.Range(1, completions).Select(k => $"features /data/photos --cache /data/part-{k} --shard {k}/{completions} --threads 1 --quiet"),
            Enumerable.Range(0, completions).Select(index => Run($"JOB_COMPLETION_INDEX={index}; {shell}").Trim()));
    }

    public void Dispose()
    {
        foreach (Process server in servers)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
        }
        folder.Dispose();
    }

    private byte[] ModelOfOneProcess()
    {
        Assert.Equal(0, Answer.To("train", folder["photos"], "-o", folder["one"], "--quiet").Code);
        return File.ReadAllBytes(folder["one"]);
    }

    /// <summary>Block <paramref name="number"/> of a section.</summary>
    private static string Block(string section, int number)
    {
        string text = File.ReadAllText(Path.Combine(Folders.Repository, "docs", "cluster.md"));
        string part = text[text.IndexOf($"\n## {section}\n", StringComparison.Ordinal)..];
        return Regex.Matches(part, "```(?:bash|yaml)\n(.*?)```", RegexOptions.Singleline)[number].Groups[1].Value;
    }

    private void Script(string name, string line)
    {
        string path = Path.Combine(folder["bin"], name);
        File.WriteAllText(path, $"#!/bin/sh\n{line}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string Run(string script)
    {
        using Process shell = Start("bash", "-e", "-c", script);
        string results = shell.StandardOutput.ReadToEnd();
        Assert.True(shell.WaitForExit(Patience) && shell.ExitCode == 0, $"{shell.ExitCode}: {results}");
        return results;
    }

    private Process Start(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin";
        start.Environment["SLURM_CONF"] = folder["slurm.conf"];
        // Neither asks for citations nor looks into a home that may be none.
        start.Environment["PARALLEL_HOME"] = folder.Path;
        return Process.Start(start)!;
    }

    /// <summary>Two ports that the system knows to be free.</summary>
    private static (int First, int Second) FreePorts()
    {
        using TcpListener first = new(IPAddress.Loopback, 0), second = new(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }

    /// <summary>A controller, a node of two processors and the authentication between them, in this folder alone.</summary>
    private void StartSlurm()
    {
        Run("umask 077; head -c 1024 /dev/urandom > key");
        Directory.CreateDirectory(folder["state"]);
        Directory.CreateDirectory(folder["spool"]);
        (int controller, int node) = FreePorts();
        File.WriteAllText(folder["slurm.conf"], $"""
            ClusterName=imagesig
            SlurmctldHost={Environment.MachineName}(127.0.0.1)
            AuthType=auth/munge
            AuthInfo=socket={folder["munge.socket"]}
            MpiDefault=none
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            ReturnToService=2
            StateSaveLocation={folder["state"]}
            SlurmdSpoolDir={folder["spool"]}
            SlurmctldPidFile={folder["slurmctld.pid"]}
            SlurmdPidFile={folder["slurmd.pid"]}
            SlurmctldPort={controller}
            SlurmdPort={node}
            SlurmUser={Environment.UserName}
            SelectType=select/cons_res
            SelectTypeParameters=CR_CPU
            SchedulerParameters=sched_interval=1,batch_sched_delay=0
            NodeName={Environment.MachineName} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
            PartitionName=all Nodes={Environment.MachineName} Default=YES MaxTime=INFINITE State=UP

            """);
        servers.Add(Start(
            "munged", "--force", "--foreground", $"--key-file={folder["key"]}", $"--socket={folder["munge.socket"]}", $"--pid-file={folder["munge.pid"]}",
            $"--log-file={folder["munge.log"]}", $"--seed-file={folder["munge.seed"]}"));
        Assert.True(SpinWait.SpinUntil(() => File.Exists(folder["munge.socket"]), Patience));
        servers.Add(Start("slurmctld", "-D"));
        servers.Add(Start("slurmd", "-D", "-N", Environment.MachineName));
        Run("for i in $(seq 3000); do if sinfo -h -o %t 2> /dev/null | grep -q idle; then exit 0; fi; sleep 0.2; done; exit 1");
    }

    /// <summary>Skipped, with the reason, where Slurm is not installed or may not be started.</summary>
    private sealed class SlurmFactAttribute : FactAttribute
    {
        private static readonly string[] Programs = ["slurmctld", "slurmd", "sbatch", "munged"];

        public SlurmFactAttribute() => Skip =
            Programs.FirstOrDefault(name => !((string[])["/usr/sbin", "/usr/bin"]).Any(place => File.Exists(Path.Combine(place, name)))) is { } missing
                ? $"{missing} is not installed (Debian packages slurm-wlm, munge)"
                : Environment.UserName != "root" ? "slurmd wants to be root" : null;
    }
}
