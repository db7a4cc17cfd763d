using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Imaging;
using ImageSig.Benchmarks.Networks;
using ImageSig.Benchmarks.Recognition;
using ImageSig.Benchmarks.Running;
using ImageSig.Benchmarks.Signature;

namespace ImageSig.Benchmarks.Native;

/// <summary>One setting of one class of benchmarks.</summary>
/// <param name="Topic">What is computed.</param>
/// <param name="Setting">Of which size.</param>
/// <param name="Begin">Prepares it, checks it against the plain loop, and gives what is to be timed.</param>
internal sealed record NativeRow(string Topic, string Setting, Func<Action> Begin)
{
    /// <summary>All, in the order of the tables.</summary>
    public static IReadOnlyList<NativeRow> All { get; } =
    [
        .. Of(SignatureBenchmarks.Settings, setting => new SignatureBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(LogSignatureBenchmarks.Settings, setting => new LogSignatureBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(GradientBenchmarks.Settings, setting => new GradientBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(LongPathBenchmarks.Settings, setting => new LongPathBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(Params<KernelBenchmarks>("Setting"), setting => new KernelBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(Params<GridBenchmarks>("Setting"), setting => new GridBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(MatMulBenchmarks.Settings, setting => new MatMulBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(ConvolutionBenchmarks.Settings, setting => new ConvolutionBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(Params<AttentionBenchmarks>("Setting"), setting => new AttentionBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(TrainingStepBenchmarks.Settings, setting => new TrainingStepBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(NetworkBenchmarks.Settings, setting => new NetworkBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(Params<DecodeBenchmarks>("Setting"), setting => new DecodeBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(Params<FeatureBenchmarks>("Setting"), setting => new FeatureBenchmarks { Setting = setting }, one => one.Prepare(), one => one.ImageSig()),
        .. Of(Params<PredictionBenchmarks>("Model"), model => new PredictionBenchmarks { Model = model }, one => one.Prepare(), one => one.ImageSig()),
    ];

    private static IEnumerable<NativeRow> Of<TSetting, TBenchmark>(
        IEnumerable<TSetting> settings, Func<TSetting, TBenchmark> create, Action<TBenchmark> prepare, Action<TBenchmark> run) => settings.Select(setting =>
        new NativeRow(typeof(TBenchmark).GetCustomAttribute<TopicAttribute>()!.Name, $"{setting}", () =>
        {
            TBenchmark benchmark = create(setting);
            prepare(benchmark);
            return () => run(benchmark);
        }));

    /// <summary>The settings that stand at a property.</summary>
    private static IEnumerable<string> Params<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TBenchmark>(string property) =>
        typeof(TBenchmark).GetProperty(property)!.GetCustomAttribute<ParamsAttribute>()!.Values.Cast<string>();
}
