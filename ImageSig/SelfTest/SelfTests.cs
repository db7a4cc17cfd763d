using ImageSig.Tensors;

namespace ImageSig.SelfTest;

/// <summary>Whether this program computes here what it computes everywhere: small pieces of its work, each held to its definition, and a hash of all their bits.</summary>
internal static class SelfTests
{
    /// <summary>The hash on every processor with fused multiply-add, with registers of any width, compiled ahead or just in time.</summary>
    public const ulong Expected = 0x02E6C9F1C15A4B2E;

    /// <summary>The parts, in the order in which they are tried.</summary>
    public static IReadOnlyList<Func<SelfTestPart>> Parts { get; } =
    [
        SignatureSelfTest.Signatures, SignatureSelfTest.LogSignatures, SignatureSelfTest.Gradients, DecodingSelfTest.Run,
        () => TrainingSelfTest.Run(new NN.ConvSpec(), new Shape(20, 7)), () => TrainingSelfTest.Run(new NN.GridSpec(), new Shape(16, 16, 3)),
    ];

    /// <summary>One hash of the hashes of all parts.</summary>
    public static ulong HashOf(IEnumerable<SelfTestPart> parts)
    {
        Digest digest = new();
        foreach (SelfTestPart part in parts)
            digest.Add<ulong>([part.Hash]);
        return digest.Value;
    }

    /// <summary>Numbers in [−1, 1), the same everywhere.</summary>
    internal static T[] Draw<T>(int count, uint purpose)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        RandomStream random = new(seed: 1, purpose);
        T[] numbers = new T[count];
        for (int i = 0; i < count; i++)
            numbers[i] = (T.CreateChecked(random.NextBits() >> 8) / T.CreateChecked(1 << 23)) - T.One;
        return numbers;
    }
}
