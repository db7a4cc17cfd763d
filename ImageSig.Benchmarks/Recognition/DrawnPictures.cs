using ImageSig.Imaging;

namespace ImageSig.Benchmarks.Recognition;

/// <summary>A few pictures to train on: bars on noise, upright in one class, lying in the other.</summary>
internal sealed class DrawnPictures : ImageSet
{
    private const int Pictures = 32, Side = 64;

    public override string Name => "drawn pictures";

    public override Targets Targets { get; } = new ClassTargets(["upright", "lying"], [.. Enumerable.Range(0, Pictures).Select(number => number % 2)]);

    public override string NameOf(int index) => $"picture {index}";

    /// <summary>The picture of a number; its class is the number's last bit.</summary>
    public static Image Draw(int number)
    {
        Random random = new(number);
        Image image = new(Side, Side);
        random.NextBytes(image.Pixels);
        for (int line = random.Next(8); line < Side; line += 8)
            for (int along = 0; along < Side; along++)
                image.Row(number % 2 == 0 ? along : line).Slice(3 * (number % 2 == 0 ? line : along), 3).Fill(240);
        return image;
    }

    protected override Image Decode(int index, DecodeOptions options) => Draw(index);
}
