namespace ImageSig.Tests.Support;

/// <summary>A test that compares with an independent program: skipped, with the reason, where it is not installed.</summary>
internal sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string program, string package)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
            Skip = $"{program} is not installed (Debian package {package})";
    }
}
