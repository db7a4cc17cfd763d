using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Measurement;

/// <summary>What this program runs on.</summary>
internal sealed record Machine
{
    /// <summary>Linux tells the rest through files below this folder.</summary>
    private const string Root = "/";

    /// <summary>The board or the processor, as the system calls it; null where it does not tell.</summary>
    public required string? Processor { get; init; }

    /// <summary>Cores that the program may use.</summary>
    public int Cores { get; } = Environment.ProcessorCount;

    /// <summary>The architecture, such as Arm64.</summary>
    public string Architecture { get; } = $"{RuntimeInformation.ProcessArchitecture}";

    /// <summary>The system.</summary>
    public string System { get; } = RuntimeInformation.OSDescription;

    /// <summary>How the program was compiled: ahead of time, or just in time by which runtime.</summary>
    public string Compiler { get; } = global::System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported
        ? RuntimeInformation.FrameworkDescription
        : $"{RuntimeInformation.FrameworkDescription}, compiled ahead of time";

    /// <summary>Bits of the registers that the kernels use.</summary>
    public int VectorBits { get; } = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Whether multiply and add are rounded once: without that results are close to those of other machines, and not the same.</summary>
    public bool FusesMultiplyAdd { get; } = Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>Sets of instructions that the program may use, of those that matter here.</summary>
    public IReadOnlyList<string> Instructions { get; } =
    [
        .. new (string Name, bool Has)[]
        {
            ("SSE4.2", Sse42.IsSupported), ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported), ("AVX-512", Avx512F.IsSupported),
            ("NEON", AdvSimd.IsSupported), ("CRC32", global::System.Runtime.Intrinsics.Arm.Crc32.IsSupported),
        }
        .Where(set => set.Has).Select(set => set.Name),
    ];

    /// <summary>Memory that the program may use, bytes.</summary>
    public long Memory { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The hottest sensor, degrees Celsius; null where there is none.</summary>
    public required double? Temperature { get; init; }

    /// <summary>What slows the processor down now, such as heat; empty where nothing does, null where the system does not tell.</summary>
    public required IReadOnlyList<string>? Throttling { get; init; }

    /// <summary>Looks at this machine.</summary>
    public static Machine Look() => Look(Root);

    /// <summary>Looks at what lies below another folder than the root.</summary>
    internal static Machine Look(string root) => new()
    {
        Processor = Text(Path.Combine(root, "proc/device-tree/model")) ?? ProcessorName(Path.Combine(root, "proc/cpuinfo")),
        Temperature = HottestSensor(Path.Combine(root, "sys/class/thermal")),
        Throttling = Text(Path.Combine(root, "sys/devices/platform/soc/soc:firmware/get_throttled")) is { } bits ? Reasons(bits) : null,
    };

    private static string? ProcessorName(string file) => Text(file)?.Split('\n')
        .Select(line => line.Split(':', 2))
        .FirstOrDefault(pair => pair.Length == 2 && pair[0].Trim() is "model name" or "Model")?[1].Trim();

    private static double? HottestSensor(string folder)
    {
        const double PerDegree = 1000;
        if (!Directory.Exists(folder))
            return null;
        double[] sensors =
        [
            .. Directory.EnumerateDirectories(folder, "thermal_zone*")
                .Select(zone => double.TryParse(Text(Path.Combine(zone, "temp")), CultureInfo.InvariantCulture, out double value) ? value / PerDegree : double.NaN)
                .Where(double.IsFinite),
        ];
        return sensors.Length == 0 ? null : sensors.Max();
    }

    /// <summary>The lowest four bits that a Raspberry Pi's firmware tells: what is so now. (The upper ones: what was, since it started.)</summary>
    private static string[]? Reasons(string bits)
    {
        string[] reasons = ["low voltage", "frequency capped", "slowed down", "near the temperature limit"];
        return uint.TryParse(bits.StartsWith("0x", StringComparison.Ordinal) ? bits[2..] : bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint flags)
            ? [.. reasons.Where((_, bit) => (flags >> bit & 1) == 1)]
            : null;
    }

    /// <summary>The text of a file of the system; null where there is none, or it may not be read.</summary>
    private static string? Text(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file).Trim('\0', '\n', ' ') : null;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
