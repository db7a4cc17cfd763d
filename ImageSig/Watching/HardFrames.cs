namespace ImageSig.Watching;

/// <summary>Chooses which hard pictures are kept: those of a change at once; of the others, for each model and label, the least certain of so much time, written when that is over.</summary>
/// <param name="kept">Where they are kept.</param>
/// <param name="every">That time; zero keeps them all at once.</param>
/// <param name="clock">The clock.</param>
/// <param name="complain">Told where they cannot be kept, as on a full disk, and when they can again. Watching goes on, and it is tried again with the next.</param>
internal sealed class HardFrames(KeptFrames kept, TimeSpan every, TimeProvider clock, Action<string> complain)
{
    // By model and label.
    private readonly Dictionary<string, Candidate> candidates = [];
    private bool cannotKeep;

    /// <summary>Takes a picture that is hard for somebody.</summary>
    /// <param name="frame">The bytes of its file, or its raw ones.</param>
    /// <param name="time">When it was taken, UTC.</param>
    /// <param name="answers">Who finds it hard.</param>
    /// <returns>Its file; null where it is not kept, or not yet.</returns>
    public string? Take(ReadOnlySpan<byte> frame, DateTime time, IReadOnlyList<HardAnswer> answers)
    {
        if (answers.FirstOrDefault(answer => answer.IsChange) is { } change)
            return Keep(kept.FileOf(frame), time, change.Label, isChange: true);
        if (answers.Count > 0 && every == TimeSpan.Zero)
            return Keep(kept.FileOf(frame), time, answers[0].Label, isChange: false);
        Picture? picture = null;
        foreach (HardAnswer answer in answers)
        {
            string key = $"{answer.Model} {answer.Label}";
            Candidate? present = candidates.GetValueOrDefault(key);
            if (present is null || answer.Confidence < present.Confidence)
                candidates[key] = new(answer.Label, picture ??= new(kept.FileOf(frame), time), answer.Confidence, present?.Began ?? clock.GetTimestamp());
        }
        return null;
    }

    /// <summary>Writes the pictures whose time is over.</summary>
    public void KeepDue() => Keep(candidate => clock.GetElapsedTime(candidate.Began) >= every);

    /// <summary>Writes all pictures that wait.</summary>
    public void KeepAll() => Keep(_ => true);

    private void Keep(Func<Candidate, bool> isWanted)
    {
        foreach ((string key, Candidate candidate) in candidates.Where(entry => isWanted(entry.Value)).ToArray())
        {
            candidates.Remove(key);
            // One picture may be the least certain of several models.
            if (!candidate.Picture.IsKept)
                candidate.Picture.IsKept = Keep(candidate.Picture.File, candidate.Picture.Time, candidate.Label, isChange: false) is not null;
        }
    }

    private string? Keep(byte[] file, DateTime time, string label, bool isChange)
    {
        try
        {
            string path = kept.Keep(file, time, label, isChange);
            if (cannotKeep)
                complain("Pictures are kept again.");
            cannotKeep = false;
            return path;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            if (!cannotKeep)
                complain($"{problem.Message.TrimEnd('.')}. Hard pictures are not kept until that is mended; watching goes on.");
            cannotKeep = true;
            return null;
        }
    }

    private sealed record Candidate(string Label, Picture Picture, double Confidence, long Began);

    private sealed class Picture(byte[] file, DateTime time)
    {
        public byte[] File { get; } = file;

        public DateTime Time { get; } = time;

        public bool IsKept { get; set; }
    }
}
