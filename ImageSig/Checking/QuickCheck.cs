namespace ImageSig.Checking;

/// <summary>What a training sees of its pictures anyway, at the model's size: less than <see cref="DataCheck"/>, and for nothing.</summary>
internal static class QuickCheck
{
    /// <summary>A standard deviation of levels below which there is nothing to see: scaling down has taken the noise away that a whole picture would still have.</summary>
    private const double EmptyBelow = 1;

    /// <summary>Looks through pictures.</summary>
    /// <param name="pictures">Those that were trained on.</param>
    /// <returns>The worst kind first, each kind once.</returns>
    public static IReadOnlyList<QuickFinding> Of(PictureIndex pictures)
    {
        return
        [
            .. ((QuickFinding?[])
            [
                Same(CheckKind.TwoLabels, pictures.UnderTwoLabels()), Same(CheckKind.Duplicate, pictures.UnderOneLabel()), Single(CheckKind.Empty, IsEmpty),
                Single(CheckKind.Dark, levels => levels.IsDark && !IsEmpty(levels)), Single(CheckKind.Light, levels => levels.IsLight && !IsEmpty(levels)),
            ]).OfType<QuickFinding>(),
        ];

        QuickFinding? Single(CheckKind kind, Predicate<PictureLevels> isSuch) => pictures.Where(isSuch) is (int count, string first) ? new(kind, count, first) : null;
    }

    private static bool IsEmpty(PictureLevels levels) => levels.Contrast < EmptyBelow;

    private static QuickFinding? Same(CheckKind kind, SamePictures? same) => same is null ? null : new(kind, same.Count, same.First, same.Twin);
}

/// <summary>How many pictures are of one kind, and one of them.</summary>
/// <param name="Kind">What is the matter.</param>
/// <param name="Count">How many.</param>
/// <param name="First">The first of them.</param>
/// <param name="Twin">Of those that are the same as another, the other.</param>
internal sealed record QuickFinding(CheckKind Kind, int Count, string First, string? Twin = null);
