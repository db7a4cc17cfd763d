namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>A number known when the code is compiled.</summary>
    private interface IExtent
    {
        public static abstract int Value { get; }
    }

    private readonly struct One : IExtent
    {
        public static int Value => 1;
    }

    private readonly struct Two : IExtent
    {
        public static int Value => 2;
    }

    private readonly struct Three : IExtent
    {
        public static int Value => 3;
    }

    private readonly struct Four : IExtent
    {
        public static int Value => 4;
    }
}
