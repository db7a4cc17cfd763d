using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

/// <summary>How far two pictures of one size are apart, in levels.</summary>
internal readonly record struct Difference(double Mean, int Largest)
{
    public static Difference Between(Image one, Image other)
    {
        Assert.Equal((one.Width, one.Height), (other.Width, other.Height));
        long sum = 0;
        int largest = 0;
        for (int i = 0; i < one.Pixels.Length; i++)
        {
            int difference = Math.Abs(one.Pixels[i] - other.Pixels[i]);
            sum += difference;
            largest = Math.Max(largest, difference);
        }
        return new((double)sum / one.Pixels.Length, largest);
    }
}
