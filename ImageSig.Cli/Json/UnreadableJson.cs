namespace ImageSig.Cli.Json;

/// <summary>Files that are not in any figure.</summary>
internal static class UnreadableJson
{
    public static IEnumerable<JsonMembers> Of(IReadOnlyList<UnreadableImage> unreadable) => unreadable.Select(image => new JsonMembers(("path", image.Path), ("reason", image.Reason)));
}
