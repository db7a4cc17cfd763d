using FsCheck;
using FsCheck.Fluent;
using ImageSig.Signature;

namespace ImageSig.Tests.Signature;

/// <summary>What the property tests run over: seed, channels 1…4, depth 1…5, points 2…20.</summary>
public sealed record PathShape(int Seed, int Channels, int Depth, int Points)
{
    public SignatureLayout Layout => new(Channels, Depth);

    public static Arbitrary<PathShape> Any() => (
        from seed in Gen.Choose(0, 1_000_000)
        from channels in Gen.Choose(1, 4)
        from depth in Gen.Choose(1, 5)
        from points in Gen.Choose(2, 20)
        select new PathShape(seed, channels, depth, points)).ToArbitrary();

    public double[] Path(int which = 0) => RandomPaths.Uniform(Seed * 7 + which, 1, Points, Channels);

    public double[] SignatureOf(double[] path) => RandomPaths.Signature(path, Channels, Depth);
}
