namespace ImageSig.Comparison;

/// <summary>One way of telling classes apart, which is compared with others.</summary>
/// <param name="name">On the command line and in tables.</param>
/// <param name="description">What it is, in a few words.</param>
internal abstract class Contestant(string name, string description)
{
    public string Name => name;

    public string Description => description;

    /// <summary>What its figures depend on beyond the images: figures of another are not its own.</summary>
    public virtual string Identity => description;

    /// <summary>Whether what was trained has a model file.</summary>
    public virtual bool HasModel => false;

    /// <summary>Learns from a set of images.</summary>
    /// <param name="sets">What to learn from; whoever wants images to choose an epoch takes those for validation, or a part of the others.</param>
    /// <param name="settings">Seed, threads and epochs.</param>
    /// <param name="progress">Told of the training.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public abstract Trained Train(ImageSplits sets, ContestSettings settings, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken);
}

/// <summary>What is the same for all that are compared.</summary>
/// <param name="Seed">Of trainings and of what is drawn.</param>
/// <param name="Threads">To work with; the answers are the same for any number.</param>
/// <param name="Epochs">Of each network, not of a baseline; null for its recipe's.</param>
internal sealed record ContestSettings(ulong Seed, int Threads, int? Epochs);
