namespace ImageSig.Comparison;

/// <summary>How long an answer takes, on a machine that may do other work.</summary>
internal static class AnswerTime
{
    /// <summary>The mean over images of the shortest of several rounds: whatever disturbs one image in one round does not count.</summary>
    /// <param name="images">How many; at least one.</param>
    /// <param name="rounds">How often each is answered; a round goes over all, so that none is answered twice in a row.</param>
    /// <param name="answer">Answers the image with this index, from 0.</param>
    /// <param name="clock">What it is measured with.</param>
    public static TimeSpan Of(int images, int rounds, Action<int> answer, TimeProvider clock)
    {
        TimeSpan[] shortest = new TimeSpan[images];
        Array.Fill(shortest, TimeSpan.MaxValue);
        for (int round = 0; round < rounds; round++)
            for (int index = 0; index < images; index++)
            {
                long start = clock.GetTimestamp();
                answer(index);
                TimeSpan elapsed = clock.GetElapsedTime(start);
                shortest[index] = elapsed < shortest[index] ? elapsed : shortest[index];
            }
        return TimeSpan.FromTicks(shortest.Sum(time => time.Ticks)) / images;
    }
}
