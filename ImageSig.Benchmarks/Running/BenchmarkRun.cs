using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Mathematics;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ImageSig.Benchmarks.Results;
using ImageSig.Measurement;
using Perfolizer.Horology;

namespace ImageSig.Benchmarks.Running;

/// <summary>All classes of benchmarks, run one after the other in this process, on one thread.</summary>
internal sealed class BenchmarkRun
{
    private static readonly Type[] Topics =
    [
        .. typeof(BenchmarkRun).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<TopicAttribute>() is not null)
            .OrderBy(type => type.GetCustomAttribute<TopicAttribute>()!.Place),
    ];

    private readonly BenchmarkArguments arguments;

    public BenchmarkRun(BenchmarkArguments arguments)
    {
        this.arguments = arguments;
        foreach (string only in arguments.Only.Where(only => Topics.All(topic => NameOf(topic) != only)))
            throw new ArgumentException($"There is no topic '{only}'; there are {string.Join(", ", Topics.Select(NameOf))}.");
    }

    /// <summary>Measures; null if a benchmark failed, or computed something else than ImageSig. What happens is told on the console.</summary>
    public BenchmarkResults? Run()
    {
        Type[] chosen = [.. Topics.Where(topic => arguments.Only.Count == 0 || arguments.Only.Contains(NameOf(topic)))];
        Summary[] summaries = [.. chosen.Select(topic => BenchmarkRunner.Run(topic, Configuration()))];
        BenchmarkReport[] failed = [.. summaries.SelectMany(summary => summary.Reports).Where(report => !report.Success || report.ResultStatistics is null)];
        foreach (BenchmarkReport report in failed)
            Console.Error.WriteLine($"Not measured: {report.BenchmarkCase.DisplayInfo}");
        if (failed.Length > 0 || summaries.Any(summary => summary.HasCriticalValidationErrors))
            return null;
        Machine machine = Machine.Look();
        return new(
            arguments.Processor ?? machine.Processor ?? machine.Architecture, machine.VectorBits, machine.System, RuntimeInformation.FrameworkDescription,
            DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), arguments.Job, [.. Sorted(summaries.SelectMany(summary => summary.Reports).Select(Measured))]);
    }

    private ManualConfig Configuration()
    {
        Job job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithLaunchCount(1).WithWarmupCount(arguments.Warmups).WithIterationCount(arguments.Iterations)
            .WithIterationTime(TimeInterval.FromMilliseconds(arguments.IterationMilliseconds)).WithEvaluateOverhead(false);
        return ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddFilter(new SimpleFilter(one => !Programs.Absent.ContainsKey(one.Descriptor.WorkloadMethod.Name)))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "imagesig-benchmarks")).WithOptions(ConfigOptions.DisableLogFile);
    }

    private static BenchmarkMeasurement Measured(BenchmarkReport report)
    {
        Statistics times = report.ResultStatistics!;
        string setting = string.Join(", ", report.BenchmarkCase.Parameters.Items.Select(item => $"{item.Value}"));
        return new(
            NameOf(report.BenchmarkCase.Descriptor.Type), setting, report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
            double.Round(times.Median, 1), double.Round(times.InterquartileRange / times.Median, 3), report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
    }

    /// <summary>Settings in the order in which they were measured, the programs of each in that of <see cref="Programs.Order"/>.</summary>
    private static IEnumerable<BenchmarkMeasurement> Sorted(IEnumerable<BenchmarkMeasurement> measurements) => measurements
        .GroupBy(one => (one.Topic, one.Setting))
        .SelectMany(group => group.OrderBy(one => Array.IndexOf(Programs.Order, one.Program)));

    private static string NameOf(Type topic) => topic.GetCustomAttribute<TopicAttribute>()!.Name;
}
