namespace ImageSig;

/// <summary>The first line of a list of pictures: the data set that they are from.</summary>
/// <param name="Version">1.</param>
/// <param name="Set">What messages call the set.</param>
/// <param name="Pictures">The name of the cache's file, without an extension.</param>
/// <param name="AsksQuestions">Whether the names are of attributes, not of classes.</param>
/// <param name="Names">Classes or attributes.</param>
/// <param name="Counts">[3] How many images there are to train, to validate and to test.</param>
/// <param name="Shards">Into how many shards the set was parted.</param>
internal sealed record PictureListJson(int Version, string Set, string Pictures, bool AsksQuestions, string[] Names, int[] Counts, int Shards)
{
    public static PictureListJson Read(JsonFields json) => new(
        json.Whole("version"), json.Text("set"), json.Text("pictures"), json.Switch("asksQuestions"), json.Texts("names"), json.Wholes("counts"), json.Whole("shards"));

    /// <summary>The line. What is no ASCII is escaped, so that a character is a byte.</summary>
    public string ToLine() => JsonMembers.Stored(new JsonMembers(
        ("version", Version), ("set", Set), ("pictures", Pictures), ("asksQuestions", AsksQuestions), ("names", Names), ("counts", Counts), ("shards", Shards)));
}

/// <summary>A further line: one image.</summary>
/// <param name="Part">0 to train, 1 to validate, 2 to test.</param>
/// <param name="Index">Its place in its part.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="Label">The index of its class; 0 where there are none.</param>
/// <param name="Key">Of its picture, 32 hexadecimal digits; null where it cannot be read.</param>
/// <param name="Reason">Why it cannot be read.</param>
/// <param name="Answers">A character an attribute: 1, 0 or ?.</param>
internal sealed record ListedPictureJson(int Part, int Index, string Name, int Label, string? Key = null, string? Reason = null, string? Answers = null)
{
    public static ListedPictureJson Read(JsonFields json) => new(
        json.Whole("part"), json.Whole("index"), json.Text("name"), json.Whole("label"), json.TextIfAny("key"), json.TextIfAny("reason"), json.TextIfAny("answers"));

    /// <summary>The line, likewise in ASCII.</summary>
    public string ToLine() => JsonMembers.Stored(new JsonMembers(
        ("part", Part), ("index", Index), ("name", Name), ("label", Label), ("key", Key), ("reason", Reason), ("answers", Answers)));
}
