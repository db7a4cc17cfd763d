using System.Diagnostics;

namespace ImageSig.Tests.Imaging;

/// <summary>An independent program that the tests compare with.</summary>
internal static class OutsideProgram
{
    /// <summary>Runs a program: <paramref name="input"/> to its standard input, its standard output back.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="warns">Whether it may end with 2, as djpeg does where it had something to remark.</param>
    public static byte[] Run(string program, string arguments, byte[] input, bool warns = false)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task write = Task.Run(() =>
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        });
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        write.Wait();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 || (warns && process.ExitCode == 2), $"{program} {arguments}: exit code {process.ExitCode}, {errors.Result}");
        return output.ToArray();
    }
}
