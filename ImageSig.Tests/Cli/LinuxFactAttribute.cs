namespace ImageSig.Tests.Cli;

/// <summary>A test that needs signals, or a file system, as Linux has them: skipped, with the reason, elsewhere.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = Elsewhere;

    /// <summary>Why it is skipped; null on Linux.</summary>
    public static string? Elsewhere => OperatingSystem.IsLinux() ? null : "needs Linux: /proc, signals, a folder in which nobody can make files";
}

/// <summary>The same for a theory.</summary>
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = LinuxFactAttribute.Elsewhere;
}
