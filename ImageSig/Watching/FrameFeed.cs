using ImageSig.Imaging;

namespace ImageSig.Watching;

/// <summary>Pictures as they come, such as those of a camera.</summary>
internal abstract class FrameFeed : IDisposable
{
    /// <summary>Pictures that came whole.</summary>
    public abstract long Frames { get; }

    /// <summary>The number of the picture that was taken last, from 1, the dropped ones counted.</summary>
    public virtual long Number => Frames;

    /// <summary>The file of the picture that was taken last; null where pictures come in a stream.</summary>
    public virtual string? Current => null;

    /// <summary>How the bytes of each picture are stored; null where they are those of a file.</summary>
    public virtual PixelLayout? Layout => null;

    /// <summary>Of these, how many were passed over for a newer one.</summary>
    public abstract long Dropped { get; }

    /// <summary>Pictures that were begun and did not come whole.</summary>
    public abstract long Damaged { get; }

    /// <summary>Called every second or so while no picture comes and all is well. Where silence says that a camera hangs it is not called.</summary>
    public Action Waits { protected get; init; } = static () => { };

    /// <summary>Waits for the next picture.</summary>
    /// <param name="frame">The bytes of its file, or of its raw pixels, valid until the next call.</param>
    /// <param name="cancellationToken">Ends the waiting with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>False when there are no more.</returns>
    /// <exception cref="IOException">They cannot be read on.</exception>
    public abstract bool TryTake(out ReadOnlySpan<byte> frame, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what is held.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
