namespace ImageSig.Benchmarks.Running;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkArguments
{
    public const string Usage = """
        Usage: dotnet run -c Release --project ImageSig.Benchmarks/Peers -- [--quick] [--only TOPIC]... [--processor NAME] [--output FOLDER]
          --quick      fewer and shorter iterations: under ten minutes in all
          --only       one topic, such as signature or decode; may be given again
          --processor  what to call the processor, and the files
          --output     where NAME-BITS.json and .md are written; docs/benchmarks if the whole was measured, nowhere otherwise
        """;

    private bool Quick { get; init; }

    /// <summary>Topics; empty for all.</summary>
    public IReadOnlyList<string> Only { get; private init; } = [];

    /// <summary>What to call the processor; null for what the system calls it.</summary>
    public string? Processor { get; private init; }

    /// <summary>Where to write; null for where <see cref="Usage"/> says.</summary>
    public string? Output { get; private init; }

    public int Warmups => Quick ? 4 : 6;

    public int Iterations => Quick ? 11 : 21;

    public int IterationMilliseconds => Quick ? 80 : 250;

    /// <summary>The same in words.</summary>
    public string Job => $"median of {Iterations} iterations of {IterationMilliseconds} ms after {Warmups} to warm up";

    /// <exception cref="ArgumentException">An argument is not known, or has no value.</exception>
    public static BenchmarkArguments Parse(string[] arguments)
    {
        BenchmarkArguments parsed = new();
        int i = 0;
        for (; i < arguments.Length; i++)
            parsed = arguments[i] switch
            {
                "--quick" => parsed with { Quick = true },
                "--only" => parsed with { Only = [.. parsed.Only, Value()] },
                "--processor" => parsed with { Processor = Value() },
                "--output" => parsed with { Output = Value() },
                _ => throw new ArgumentException($"'{arguments[i]}' is not known."),
            };
        return parsed;

        string Value() => i + 1 < arguments.Length ? arguments[++i] : throw new ArgumentException($"{arguments[i]} needs a value.");
    }
}
