using ImageSig.Cli.Json;

namespace ImageSig.Cli.Watch;

/// <summary>Told of changes while watching goes on. It does not make the camera wait.</summary>
internal interface IChangeListener : IDisposable
{
    /// <summary>A label has changed.</summary>
    public void Changed(WatchJson change);
}
