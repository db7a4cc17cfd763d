using ImageSig.Benchmarks.Peers;

namespace ImageSig.Benchmarks.Running;

internal static partial class Programs
{
    /// <summary>Whether LibTorch is compared with.</summary>
    public static bool HasLibTorch => !Absent.ContainsKey("LibTorch");

    static partial void PreparePeers()
    {
        if (LibTorchLibrary.Load() is { } problem)
            Absent.Add("LibTorch", problem);
    }
}
