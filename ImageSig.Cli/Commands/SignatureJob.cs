using ImageSig.Signature;

namespace ImageSig.Cli.Commands;

/// <summary>What one <c>imagesig signature</c> is asked for.</summary>
internal sealed record SignatureJob
{
    public required string Paths { get; init; }

    public required string Output { get; init; }

    public required int Depth { get; init; }

    /// <summary>The log-signature's basis, or null for the signature.</summary>
    public LogSignatureBasis? Log { get; init; }

    public bool Stream { get; init; }

    public required SignatureOptions Options { get; init; }

    /// <summary>The file of points in front, or null.</summary>
    public string? Points { get; init; }

    /// <summary>The file of earlier signatures, or null.</summary>
    public string? Initial { get; init; }

    /// <summary>Points of a sliding window, or null for the whole path.</summary>
    public int? Window { get; init; }

    public int Step { get; init; } = 1;

    public PathAugmentations? Augment { get; init; }

    /// <summary>ε of the signed roots that are taken of the result; 0 for none.</summary>
    public double Roots { get; init; }

    /// <summary>The file of cotangents, or null for the forward pass.</summary>
    public string? Backward { get; init; }

    public int Threads { get; init; } = 1;

    /// <summary>Bytes that arrays and working memory may take.</summary>
    public required long Memory { get; init; }

    /// <summary>Refuses what does not go together.</summary>
    public void Check(bool stepGiven, bool basisGiven)
    {
        if (basisGiven)
            throw new UsageException("--basis goes with --list-words; the basis of a log-signature is given as --log words, brackets or expanded.");
        if (Options.Basepoint && Points is not null)
            throw new UsageException("--basepoint and --basepoint-file are two points in front of one path; give one of them.");
        if (Initial is not null && Points is null)
            throw new UsageException("--initial needs --basepoint-file: the points where the earlier paths ended, since the step from there to each new path counts. If a path begins where the earlier one ended, give its own first point.");
        if (stepGiven && Window is null)
            throw new UsageException("--step is the distance of windows; give --window too.");
        if (Roots > 0 && Depth == 1)
            throw new UsageException("--roots changes the levels from 2 on, and --depth 1 has none; leave --roots out, or go deeper.");
        if (Window is not null && (Stream || Points is not null || Initial is not null))
            throw new UsageException("--window goes with neither --stream, --basepoint-file nor --initial.");
    }
}
