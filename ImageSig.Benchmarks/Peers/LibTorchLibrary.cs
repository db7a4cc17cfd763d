using System.Runtime.InteropServices;
using TorchSharp;

namespace ImageSig.Benchmarks.Peers;

/// <summary>Makes LibTorch ready: its native libraries from beside the program, on one thread, keeping its memory.</summary>
internal static partial class LibTorchLibrary
{
    private const int TrimThreshold = -1, MapThreshold = -3;

    /// <summary>In the library of TorchSharp: the hash of the version name GLIBCXX_3.4.32, and the flags behind it, which are none.</summary>
    private static readonly byte[] NeededVersion = [0x42, 0xF8, 0x97, 0x02, 0, 0];

    /// <summary>Why LibTorch cannot be used; null if it can.</summary>
    public static string? Load()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        if (Try(path) is { } problem)
        {
            if (!problem.Contains("GLIBCXX_3.4.32", StringComparison.Ordinal) || !AskLess(path))
                return problem;
            if (Try(path) is { } other)
                return other;
        }
        // A step of training asks for the same large blocks again and again: without this they go back to the system each time.
        _ = SetMallocOption(TrimThreshold, int.MaxValue);
        _ = SetMallocOption(MapThreshold, 1 << 30);
        torch.set_num_threads(1);
        torch.set_num_interop_threads(1);
        return null;
    }

    private static string? Try(string path)
    {
        try
        {
            NativeLibrary.Load(path);
            return null;
        }
        catch (Exception problem) when (problem is DllNotFoundException or BadImageFormatException)
        {
            return problem.Message;
        }
    }

    /// <summary>TorchSharp's own library, not LibTorch's, names a newer version of libstdc++ than Debian 12 has. Its one symbol of that version is an empty mark that iostreams are there, which
    /// nothing calls, so in the copy beside this program the version is made a wish (VER_FLG_WEAK) in place of a demand.</summary>
    private static bool AskLess(string path)
    {
        byte[] library = File.ReadAllBytes(path);
        int place = library.AsSpan().IndexOf(NeededVersion);
        if (place < 0)
            return false;
        const byte Weak = 2;
        library[place + 4] = Weak;
        // A new file, for the old one may be a link into the cache of packages.
        File.Delete(path);
        File.WriteAllBytes(path, library);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMallocOption(int option, int value);
}
