namespace ImageSig.Checking;

/// <summary>Finds attributes of which nothing can be learned, since one answer is always right.</summary>
internal static class OneAnswer
{
    /// <summary>The attributes to which all images that answer give the same answer.</summary>
    /// <param name="attributes">Their names, in the order of the answers.</param>
    /// <param name="images">Those that were trained on.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> attributes, IReadOnlyList<LabeledImage> images) =>
        [.. attributes.Where((_, question) => images.Select(image => image.Answers![question]).Where(answer => answer is not null).Distinct().Count() < 2)];
}
