namespace ImageSig.Tests.Support;

/// <summary>A test that compares with independent programs: skipped, with the reason, where one is not installed.</summary>
internal sealed class ProgramFactAttribute : FactAttribute
{
    /// <summary>Names that programs of others have as well, and what is installed together with those that are meant.</summary>
    private static readonly Dictionary<string, string> Companions = new() { ["convert"] = "identify" };

    public ProgramFactAttribute(string program, string package) => Skip = WhatIsMissing(program, package);

    public ProgramFactAttribute(string program, string package, string otherProgram, string otherPackage) =>
        Skip = WhatIsMissing(program, package) ?? WhatIsMissing(otherProgram, otherPackage);

    /// <summary>The reason to skip a test that needs a program, or null where it is there.</summary>
    public static string? WhatIsMissing(string program, string package)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] needed = Companions.TryGetValue(program, out string? companion) ? [program, companion] : [program];
        return Array.TrueForAll(needed, name => folders.Any(folder => File.Exists(Path.Combine(folder, name)))) ? null : $"{program} is not installed (Debian package {package})";
    }
}
