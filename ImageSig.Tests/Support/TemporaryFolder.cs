namespace ImageSig.Tests.Support;

/// <summary>A folder of its own for one test, deleted with everything in it at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("imagesig-test-").FullName;

    /// <summary>The path of <paramref name="name"/> inside this folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
