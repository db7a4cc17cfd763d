using System.Globalization;
using ImageSig.Cli.Display;
using ImageSig.Imaging;
using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>The pictures of a page. Each is stored once, as a small JPEG, however often it is shown.</summary>
internal sealed class PictureSheet(IReadOnlyList<string> classes)
{
    private const int MaxSide = 96, Quality = 72;

    private readonly SortedDictionary<int, JudgedImage> used = [];

    /// <summary>Every picture that was shown, for the page to refer to.</summary>
    public void WriteStore(HtmlWriter page)
    {
        page.Add($"<svg class=\"store\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>");
        foreach ((int number, JudgedImage picture) in used)
        {
            (int width, int height) = SizeOf(picture);
            Image whole = picture.Image, small = whole.Width == width ? whole : Resize.Area(whole, width, height);
            page.Add($"<image id=\"p{number}\" width=\"{width}\" height=\"{height}\" href=\"data:image/jpeg;base64,{new Markup(Convert.ToBase64String(small.EncodeJpeg(Quality)))}\"/>");
        }
        page.Add($"</defs></svg>");
    }

    /// <summary>A picture with what the model says of it, framed green where that is right and red where it is wrong.</summary>
    public Markup Draw(JudgedImage picture)
    {
        HtmlWriter figure = new();
        figure.Add($"<li><figure class=\"{Frame(picture)}\">{Alone(picture)}<figcaption>{Caption(picture)}</figcaption></figure></li>");
        return new Markup(figure.ToString());
    }

    /// <summary>The same with what spoke for the answer, beside it.</summary>
    public Markup Draw(JudgedImage picture, Occlusion spoke)
    {
        HtmlWriter figure = new();
        figure.Add($"<li><figure class=\"{Frame(picture)} wide\"><div class=\"pair\">{Alone(picture)}{HeatMap.Draw(this, picture, spoke)}</div><figcaption>{Caption(picture)}</figcaption></figure></li>");
        return new Markup(figure.ToString());
    }

    /// <summary>A picture as an element of a drawing of the size that <see cref="SizeOf"/> tells.</summary>
    public Markup Use(JudgedImage picture)
    {
        used[picture.Number] = picture;
        return new Markup(string.Create(CultureInfo.InvariantCulture, $"<use href=\"#p{picture.Number}\"/>"));
    }

    /// <summary>Of a picture as it is stored.</summary>
    public static (int Width, int Height) SizeOf(JudgedImage picture)
    {
        (int width, int height) = picture.Size;
        double scale = Math.Min(1, (double)MaxSide / Math.Max(width, height));
        return (Math.Max(1, (int)(scale * width)), Math.Max(1, (int)(scale * height)));
    }

    /// <summary>What a picture is and what the model says, in words.</summary>
    public string Describe(JudgedImage picture) => picture.IsRight
        ? $"{picture.Name}: {picture.Answer.Label}, answered rightly with {Quantity.Percent(picture.Answer.Confidence)}"
        : $"{picture.Name}: {classes[picture.Label]}, answered wrongly {picture.Answer.Label} with {Quantity.Percent(picture.Answer.Confidence)}";

    private static Markup Frame(JudgedImage picture) => new(picture.IsRight ? "right" : "wrong");

    private Markup Alone(JudgedImage picture)
    {
        (int width, int height) = SizeOf(picture);
        HtmlWriter drawing = new();
        drawing.Add($"<svg class=\"picture\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Describe(picture)}\">{Use(picture)}</svg>");
        return new Markup(drawing.ToString());
    }

    private Markup Caption(JudgedImage picture)
    {
        HtmlWriter caption = new();
        caption.Add($"<b>{new Markup(picture.IsRight ? "✓" : "✗")} <bdi>{picture.Answer.Label}</bdi></b> {Quantity.Percent(picture.Answer.Confidence)}");
        if (!picture.IsRight)
            caption.Add($"<br/>is <bdi>{classes[picture.Label]}</bdi>");
        caption.Add($"<br/><small><bdi>{picture.Name}</bdi></small>");
        return new Markup(caption.ToString());
    }
}
