using MathNet.Numerics;

namespace ImageSig.Benchmarks.Running;

internal static partial class Programs
{
    static partial void PrepareOthers()
    {
        Control.UseManaged();
        Control.UseSingleThread();
    }
}
