using System.Globalization;

namespace ImageSig.Measurement;

/// <summary>The energy that this machine's processors take, as Linux counts it: not this program's alone.</summary>
/// <remarks>Source: the kernel's Documentation/power/powercap/powercap.rst. A zone "a:0" is a whole processor, "a:0:1" a part of it, which counts within.</remarks>
internal sealed class EnergyMeter
{
    private readonly Zone[] zones;

    private EnergyMeter(Zone[] zones) => this.zones = zones;

    /// <summary>Begins to count; null where the system does not tell.</summary>
    public static EnergyMeter? Start() => Start("/");

    /// <summary>The same with what lies below another folder than the root.</summary>
    internal static EnergyMeter? Start(string root)
    {
        string folder = Path.Combine(root, "sys/class/powercap");
        if (!Directory.Exists(folder))
            return null;
        List<Zone> found = [];
        foreach (string zone in Directory.EnumerateDirectories(folder).Where(IsProcessor))
        {
            string file = Path.Combine(zone, "energy_uj");
            if (Number(file) is { } start)
                found.Add(new(file, Number(Path.Combine(zone, "max_energy_range_uj")) ?? 0, start));
        }
        return found.Count > 0 ? new EnergyMeter([.. found]) : null;
    }

    /// <summary>A processor, once: the same by another interface ("mmio") and the whole machine ("psys") are zones too.</summary>
    private static bool IsProcessor(string zone)
    {
        string name = Path.GetFileName(zone), kind = Path.Combine(zone, "name");
        return name.Count(letter => letter == ':') == 1 && !name.Contains("mmio", StringComparison.Ordinal)
            && (!File.Exists(kind) || File.ReadAllText(kind).StartsWith("package", StringComparison.Ordinal));
    }

    /// <summary>Joules since the start; null where a counter cannot be read any more.</summary>
    public double? Joules()
    {
        const double PerJoule = 1e6;
        double sum = 0;
        foreach ((string file, double range, double start) in zones)
        {
            if (Number(file) is not { } now)
                return null;
            // Counters begin anew at their range.
            sum += now >= start ? now - start : now + range - start;
        }
        return sum / PerJoule;
    }

    private static double? Number(string file)
    {
        try
        {
            return double.TryParse(File.ReadAllText(file), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Zone(string File, double Range, double Start);
}
