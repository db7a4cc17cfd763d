using System.Diagnostics;

namespace ImageSig.Tests.Imaging;

/// <summary>An independent program that the tests compare with.</summary>
internal static class OutsideProgram
{
    /// <summary>Runs a program: <paramref name="input"/> to its standard input, its standard output back.</summary>
    public static byte[] Run(string program, string arguments, byte[] input)
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
        Assert.True(process.ExitCode == 0, $"{program} {arguments}: exit code {process.ExitCode}, {errors.Result}");
        return output.ToArray();
    }
}
