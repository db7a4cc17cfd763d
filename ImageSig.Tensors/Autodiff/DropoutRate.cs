namespace ImageSig.Tensors.Autodiff;

/// <summary>What share of numbers may be dropped.</summary>
internal static class DropoutRate
{
    /// <summary>Checks a rate, for <paramref name="user"/> who is named in the message.</summary>
    /// <exception cref="SettingException">The rate is outside [0, 1).</exception>
    public static void Check(string user, float rate)
    {
        if (!(rate >= 0 && rate < 1))
            throw new SettingException($"{user}: the dropout rate is {rate}; it must be at least 0 and below 1.");
    }
}
