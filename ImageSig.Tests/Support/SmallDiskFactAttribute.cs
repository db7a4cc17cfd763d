using System.Diagnostics;

namespace ImageSig.Tests.Support;

/// <summary>A test on a disk of a few kilobytes: skipped, with the reason, where this user may not mount one.</summary>
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> s_canMount = new(() =>
    {
        using TemporaryFolder folder = new();
        if (!Mount(folder.Path, 64))
            return false;
        Unmount(folder.Path);
        return true;
    });

    public SmallDiskFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !s_canMount.Value)
            Skip = "needs the right to mount a small file system (root on Linux)";
    }

    /// <summary>Mounts an empty file system of <paramref name="kilobytes"/> on a folder; false where that is not allowed.</summary>
    public static bool Mount(string folder, int kilobytes) => Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder);

    /// <summary>Makes it larger or smaller, with what is on it; false where that is not allowed.</summary>
    public static bool Resize(string folder, int kilobytes) => Run("mount", "-o", $"remount,size={kilobytes}k", folder);

    /// <summary>Makes it one that may not be written; false where that is not allowed.</summary>
    public static bool Protect(string folder) => Run("mount", "-o", "remount,ro", folder);

    public static void Unmount(string folder) => Run("umount", folder);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
