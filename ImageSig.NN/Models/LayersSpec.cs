namespace ImageSig.NN;

/// <summary>Stands for a network of layers of one's own, which no spec describes.</summary>
internal sealed record LayersSpec : ModelSpec
{
    public static LayersSpec Instance { get; } = new();

    public override string Name => "own layers";

    public override ModelInput Input => ModelInput.Signatures;

    protected override IReadOnlyList<ModelField> Fields => [];

    protected override void Build(ModelBuilder layers) => throw new NotSupportedException("A network of layers of one's own is not built from a spec.");
}
