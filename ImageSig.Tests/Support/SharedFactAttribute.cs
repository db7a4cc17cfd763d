namespace ImageSig.Tests.Support;

/// <summary>A test that reads ../shared: skipped, with the reason, where that part of it is absent.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string part)
    {
        if (Folders.Shared is null || !Path.Exists(Path.Combine(Folders.Shared, part)))
            Skip = $"../shared/{part} is not beside the repository";
    }
}
