using ImageSig.Imaging;

namespace ImageSig.Tests.Pipeline;

/// <summary>A set that counts how often its images are decoded.</summary>
internal sealed class CountedImages(ImageSet whole) : ImageSet
{
    private int decoded;

    public int Decoded => decoded;

    public override string Name => whole.Name;

    public override Targets Targets => whole.Targets;

    public override string NameOf(int index) => whole.NameOf(index);

    internal override string? FileOf(int index) => whole.FileOf(index);

    protected override Image Decode(int index, DecodeOptions options)
    {
        Interlocked.Increment(ref decoded);
        return whole.DecodeWhole(index, options);
    }
}
