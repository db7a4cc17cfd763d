using BenchmarkDotNet.Attributes;
using ImageSig.Measurement;

namespace ImageSig.Benchmarks.Signature;

/// <summary>The workloads of <c>imagesig bench signature</c>, float32, one thread: forward, log-signature (words), backward.</summary>
[MemoryDiagnoser]
public class SignatureBenchmarks
{
    private Action forward = null!;
    private Action logarithm = null!;
    private Action backward = null!;

    public static IEnumerable<string> Workloads => SignatureWorkload.All.Select(one => one.Name);

    [ParamsSource(nameof(Workloads))]
    public string Workload { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        SignatureWorkload workload = SignatureWorkload.All.Single(one => one.Name == Workload);
        forward = workload.Prepare<float>("forward", threads: 1);
        logarithm = workload.Prepare<float>("logsignature", threads: 1);
        backward = workload.Prepare<float>("backward", threads: 1);
    }

    [Benchmark(Baseline = true)]
    public void Forward() => forward();

    [Benchmark]
    public void LogSignature() => logarithm();

    [Benchmark]
    public void Backward() => backward();
}
