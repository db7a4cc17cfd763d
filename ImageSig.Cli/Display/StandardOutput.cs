using Microsoft.Win32.SafeHandles;

namespace ImageSig.Cli.Display;

/// <summary>Standard output of this process where it is a pipe, which tells when nobody reads it any more: the console's own stream passes over that in silence, and the program would
/// work on for nobody.</summary>
internal sealed class StandardOutput : FileStream
{
    private const int BrokenPipe = 32;

    /// <summary>Letters that are written together: in no encoding more than the 4,096 bytes of which a pipe of Linux takes all or none.</summary>
    private const int Letters = 1000;

    private StandardOutput()
        : base(new SafeFileHandle(StandardDescriptor.Output, ownsHandle: false), FileAccess.Write, bufferSize: 0)
    {
    }

    /// <summary>A writer to standard output, whatever that is; what is written is there at once.</summary>
    public static TextWriter Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            return Console.Out;
        if (StandardDescriptor.IsClosed(StandardDescriptor.Output))
            return new ClosedWriter();
        StandardOutput output = new();
        // In a file the console's stream alone moves the place at which the next program goes on.
        return output.CanSeek ? Console.Out : TextWriter.Synchronized(new StreamWriter(output, Console.Out.Encoding, Letters) { AutoFlush = true });
    }

    /// <exception cref="ClosedOutputException">Nobody reads it any more.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            base.Write(buffer);
        }
        catch (IOException problem) when (problem.HResult == BrokenPipe)
        {
            throw new ClosedOutputException("standard output was closed by whoever read it", "the rest of the results is", problem);
        }
        catch (IOException)
        {
            // Such as a pipe that is full and lets nobody wait for it, as some programs leave theirs: the console's stream waits all the same.
            using Stream console = Console.OpenStandardOutput();
            console.Write(buffer);
        }
    }
}
