namespace ImageSig.Cli.Json;

/// <summary>A line of <c>watch</c>: what a model says now.</summary>
/// <param name="Time">When the picture was taken, UTC, ISO 8601.</param>
/// <param name="Model">The model file.</param>
/// <param name="Label">The steady label; null until one is clear; of attributes those that are on, with commas between them.</param>
/// <param name="Confidence">Its mean probability over the last pictures; of attributes that of the least certain one.</param>
/// <param name="Previous">The label before, where this line tells of a change; else null.</param>
/// <param name="Changed">Whether it does.</param>
/// <param name="Now">What this picture alone was taken for.</param>
/// <param name="NowConfidence">The probability of that; of an unknown picture that of its nearest class.</param>
/// <param name="Frame">The number of the picture, from 1.</param>
/// <param name="Dropped">Pictures passed over so far, since newer ones had come.</param>
/// <param name="Damaged">Pictures that could not be read so far.</param>
/// <param name="Image">The picture's file; null where pictures come in a stream.</param>
/// <param name="Kept">Where the picture is kept, if it is.</param>
internal sealed record WatchJson(
    string Time, string Model, string? Label, double Confidence, string? Previous, bool Changed, string Now, double NowConfidence, long Frame, long Dropped, long Damaged,
    string? Image, string? Kept)
{
    /// <summary>The label as Home Assistant takes it; null where that is <see cref="Label"/>, or nobody asks.</summary>
    public string? State { get; init; }

    public JsonMembers Members => new(
        ("time", Time), ("model", Model), ("label", Label), ("confidence", Confidence), ("previous", Previous), ("changed", Changed), ("now", Now),
        ("nowConfidence", NowConfidence), ("frame", Frame), ("dropped", Dropped), ("damaged", Damaged), ("image", Image), ("kept", Kept), ("?state", State));
}
