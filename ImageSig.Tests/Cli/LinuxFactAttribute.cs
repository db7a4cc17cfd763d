namespace ImageSig.Tests.Cli;

/// <summary>A test that needs a file system as Linux has it: skipped, with the reason, elsewhere.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "needs /proc, a folder in which nobody can make files";
    }
}
