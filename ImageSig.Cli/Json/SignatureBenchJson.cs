namespace ImageSig.Cli.Json;

/// <summary>One measurement of <c>bench signature --json</c>.</summary>
internal sealed record SignatureBenchJson(string Workload, string Dtype, string Pass, int Threads, double MinMs, double MedianMs)
{
    public JsonMembers Members => new(("workload", Workload), ("dtype", Dtype), ("pass", Pass), ("threads", Threads), ("minMs", MinMs), ("medianMs", MedianMs));
}
