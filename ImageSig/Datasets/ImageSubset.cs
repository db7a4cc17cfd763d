using ImageSig.Imaging;

namespace ImageSig;

/// <summary>Some images of a set, with all its classes or questions.</summary>
/// <param name="whole">The set.</param>
/// <param name="indices">Which images, in the order of this one.</param>
/// <param name="name">What messages call it.</param>
internal sealed class ImageSubset(ImageSet whole, IReadOnlyList<int> indices, string name) : ImageSet
{
    private readonly Targets targets = whole.Targets is AnswerTargets answers
        ? new AnswerTargets(answers.Questions, [.. indices.Select(index => answers.Answers[index])])
        : new ClassTargets(whole.ToClasses().Classes, [.. indices.Select(index => whole.ToClasses().Labels[index])]);

    public override string Name => name;

    public override Targets Targets => targets;

    public override string NameOf(int index) => whole.NameOf(indices[index]);

    public override string NameOfClass(int label) => whole.NameOfClass(label);

    internal override string? FileOf(int index) => whole.FileOf(indices[index]);

    internal override ImageCache? Cache => whole.Cache;

    internal override bool Keeps(int index, FeatureOptions features) => whole.Keeps(indices[index], features);

    internal override void CheckHolds(FeatureOptions features) => whole.CheckHolds(features);

    protected override Image Decode(int index, DecodeOptions options) => whole.DecodeWhole(indices[index], options);

    protected override Image DecodeFitted(int index, FeatureOptions features) => whole.Read(indices[index], features);
}
