using ImageSig.Checking;
using ImageSig.Imaging;

namespace ImageSig.Cli.Display;

/// <summary>Pictures of a finding beside one another on one picture: single ones in rows, those that belong together in a row of their own.</summary>
internal static class ContactSheet
{
    private const int Tile = 96, Gap = 4, PerRow = 10, MaxRows = 60;
    private const byte Background = 255, NothingToSee = 200;

    private static readonly FeatureOptions Seen = new() { Width = Tile, Height = Tile, Fit = ImageFit.Letterbox, ScaledDecoding = true };

    /// <summary>Draws the pictures of findings of one kind, as many as fit <see cref="MaxRows"/> rows; the first in the first row.</summary>
    /// <param name="check">The data set.</param>
    /// <param name="findings">Of one kind.</param>
    public static Image Draw(DataCheck check, IReadOnlyList<CheckFinding> findings)
    {
        bool alone = findings.All(finding => finding.Images.Count == 1);
        int[][] rows = [.. (alone ? findings.SelectMany(finding => finding.Images).Chunk(PerRow) : findings.Select(finding => finding.Images.Take(PerRow).ToArray())).Take(MaxRows)];
        Image sheet = new((rows.Max(row => row.Length) * (Tile + Gap)) + Gap, (rows.Length * (Tile + Gap)) + Gap);
        sheet.Pixels.Fill(Background);
        for (int row = 0; row < rows.Length; row++)
            for (int column = 0; column < rows[row].Length; column++)
                Paste(sheet, Thumbnail(check.Images[rows[row][column]]), Gap + (column * (Tile + Gap)), Gap + (row * (Tile + Gap)));
        return sheet;
    }

    private static Image Thumbnail(CheckedImage image)
    {
        if (image.Facts is not null)
            return Resize.Fit(image.Set.Read(image.Index, Seen), Tile, Tile, Seen.Fit, Background);
        Image gray = new(Tile, Tile);
        gray.Pixels.Fill(NothingToSee);
        return gray;
    }

    private static void Paste(Image sheet, Image picture, int left, int top)
    {
        for (int y = 0; y < picture.Height; y++)
            picture.Row(y).CopyTo(sheet.Row(top + y)[(3 * left)..]);
    }
}
