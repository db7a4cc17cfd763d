namespace ImageSig.Tests.Support;

/// <summary>A test that reads ../shared: skipped, with the reason, where that part of it is absent, or the program that it compares with.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string part) => Skip = WhatIsMissing(part);

    public SharedFactAttribute(string part, string program, string package) => Skip = WhatIsMissing(part) ?? ProgramFactAttribute.WhatIsMissing(program, package);

    private static string? WhatIsMissing(string part) =>
        Folders.Shared is null || !Path.Exists(Path.Combine(Folders.Shared, part)) ? $"../shared/{part} is not beside the repository" : null;
}
