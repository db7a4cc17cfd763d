using ImageSig.Fuzz;
using SharpFuzz;

switch (args)
{
    case ["targets"]:
        Console.WriteLine(string.Join('\n', Targets.All.Keys));
        return 0;
    case ["seeds", string target, string folder]:
        Seeds.Write(target, folder);
        return 0;
    case ["instrument", .. string[] assemblies]:
        foreach (string assembly in assemblies)
            Fuzzer.Instrument(assembly, _ => true, Options.Value);
        return 0;
    case [string target] when Targets.All.TryGetValue(target, out Action<byte[]>? check):
        // In a process of its own: one that dies or hangs is a finding, and the next one goes on.
        Fuzzer.OutOfProcess.Run(stream => check(Whole(stream)));
        return 0;
    default:
        Console.Error.WriteLine($"usage: targets | seeds TARGET FOLDER | instrument ASSEMBLY... | TARGET < FILE, a target being any of {string.Join(", ", Targets.All.Keys)}");
        return 2;
}

static byte[] Whole(Stream stream)
{
    using MemoryStream bytes = new();
    stream.CopyTo(bytes);
    return bytes.ToArray();
}
