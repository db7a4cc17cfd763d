namespace ImageSig.Benchmarks.Signature;

/// <summary>B paths of T points in C dimensions, to depth N.</summary>
public sealed record PathSetting(int Batch, int Length, int Channels, int Depth)
{
    /// <summary>Numbers of all paths.</summary>
    public int Count => Batch * Length * Channels;

    public override string ToString() => $"{Batch} x {Length} x {Channels}, depth {Depth}";
}

/// <summary>What is computed of paths.</summary>
public enum PathPass
{
    Forward,
    LogSignature,
    Backward,
}
