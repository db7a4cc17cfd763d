using System.CommandLine;
using System.Globalization;
using ImageSig.Cli.Arguments;
using ImageSig.Imaging;

namespace ImageSig.Cli.Watch;

/// <summary>The part of each picture that matters, in shares of its width and height.</summary>
/// <param name="Left">0…1.</param>
/// <param name="Top">0…1.</param>
/// <param name="Width">Above 0; with <paramref name="Left"/> at most 1.</param>
/// <param name="Height">Above 0; with <paramref name="Top"/> at most 1.</param>
internal sealed record Region(double Left, double Top, double Width, double Height)
{
    // 0.9 and 0.1 are together a little more than 1.
    private const double Slack = 1e-9;

    /// <summary><c>--region 0.25,0,0.5,1</c>.</summary>
    public static Option<Region> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "LEFT,TOP,WIDTH,HEIGHT",
        CustomParser = argument => Parse(OptionKinds.Only(argument)) ?? OptionKinds.Refuse<Region>(argument, name, "four shares of a picture, left,top,width,height, such as 0.25,0,0.5,1"),
    };

    /// <summary>The part of an image; at least one pixel.</summary>
    public Image Of(Image image)
    {
        int left = Math.Min((int)(Left * image.Width), image.Width - 1), top = Math.Min((int)(Top * image.Height), image.Height - 1);
        int width = Math.Clamp((int)Math.Round(Width * image.Width), 1, image.Width - left), height = Math.Clamp((int)Math.Round(Height * image.Height), 1, image.Height - top);
        return Resize.Crop(image, left, top, width, height);
    }

    private static Region? Parse(string text)
    {
        string[] parts = text.Split(',');
        double[] shares = new double[4];
        for (int i = 0; i < 4; i++)
            if (parts.Length != 4 || !double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out shares[i]) || shares[i] is not (>= 0 and <= 1))
                return null;
        Region region = new(shares[0], shares[1], shares[2], shares[3]);
        return region.Width > 0 && region.Height > 0 && region.Left + region.Width <= 1 + Slack && region.Top + region.Height <= 1 + Slack ? region : null;
    }
}
