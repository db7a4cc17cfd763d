using ImageSig.Imaging;

namespace ImageSig.Checking;

/// <summary>One picture of a data set that was checked.</summary>
/// <param name="Set">The part it is in.</param>
/// <param name="Index">Its number there.</param>
/// <param name="Label">Its class, as a name.</param>
/// <param name="Info">What its file says of itself; null where there is no file.</param>
/// <param name="Facts">What was measured; null where it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record CheckedImage(ImageSet Set, int Index, string Label, ImageInfo? Info, PictureFacts? Facts, string? Problem)
{
    /// <summary>What messages call it.</summary>
    public string Name => Set.NameOf(Index);
}
