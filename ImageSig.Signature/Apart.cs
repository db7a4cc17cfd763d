namespace ImageSig.Signature;

/// <summary>What is written must not lie over what is in use: in small arrays it would go well, in larger ones not.</summary>
internal static class Apart
{
    /// <summary>Refuses two that overlap.</summary>
    /// <param name="operation">Whose arrays they are.</param>
    /// <param name="name">Both in words, such as "the result overlaps the paths".</param>
    /// <param name="written">What is written.</param>
    /// <param name="read">What is read.</param>
    /// <param name="parameter">The one that is written.</param>
    /// <exception cref="ArgumentException">They overlap.</exception>
    public static void Check<T>(string operation, string name, ReadOnlySpan<T> written, ReadOnlySpan<T> read, string parameter)
    {
        if (written.Overlaps(read))
            throw new ArgumentException($"{operation}: {name}, which are in use; give the one that is written memory of its own.", parameter);
    }

    /// <summary>The same, but one that is read from its first number to its last may be written in place.</summary>
    /// <exception cref="ArgumentException">They overlap and are not the same.</exception>
    public static void CheckUnlessSame<T>(string operation, string name, ReadOnlySpan<T> written, ReadOnlySpan<T> read, string parameter)
    {
        if (written != read)
            Check(operation, name, written, read, parameter);
    }
}
