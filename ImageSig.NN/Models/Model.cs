using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>A network with its weights. Predicting is thread-safe; training changes the weights and must be alone.</summary>
public sealed class Model
{
    /// <summary>Samples that pass through the network together while predicting: bounds the memory.</summary>
    private const int PredictionBatch = 64;

    private readonly Layer[] layers;
    private readonly Stack<Tape> idleTapes = new();

    private Model(ModelDraft draft, Initializer? initializer)
    {
        (Spec, Input, Outputs) = (draft.Spec, draft.Input, draft.Outputs);
        (layers, Layers, ParameterCount) = ([.. draft.Layers], draft.Summaries, draft.ParameterCount);
        if (initializer is not null)
            foreach (Layer layer in layers)
                layer.Initialize(initializer);
        Block = new ParameterBlock([.. layers.SelectMany(layer => layer.Parameters)]);
        MultiplyAdds = Layers.Sum(layer => layer.MultiplyAdds);
        (FeatureCount, Stages) = (draft.FeatureCount, draft.Stages);
        DescriptionCount = FeatureCount + Stages.Sum(stage => stage.Count);
    }

    /// <summary>Which network this is; of one's own layers, a spec that says no more than that.</summary>
    public ModelSpec Spec { get; }

    /// <summary>The shape of one sample: [S, F] for signature features.</summary>
    public Shape Input { get; }

    /// <summary>How many scores come out.</summary>
    public int Outputs { get; }

    /// <summary>How many numbers the last layer makes the scores of: those of the last feature layer.</summary>
    internal int FeatureCount { get; }

    /// <summary>The layers on the way there.</summary>
    internal IReadOnlyList<FeatureStage> Stages { get; }

    /// <summary>How many numbers describe a sample: those of the last feature layer, and those of all stages.</summary>
    internal int DescriptionCount { get; }

    /// <summary>The layers, described.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>All weights by name, in the order of the model file. Writing to a value's span sets the weights.</summary>
    public IReadOnlyList<Parameter> Parameters => Block.Parameters;

    /// <summary>How many numbers training finds, frozen ones too; those of a folded model before it was folded.</summary>
    public long ParameterCount { get; }

    /// <summary>Multiply-adds per sample, element-wise work left out.</summary>
    public long MultiplyAdds { get; }

    /// <summary>Whether training takes statistics of samples together (batch normalization).</summary>
    internal bool HasBatchStatistics => Parameters.Any(parameter => parameter is { IsStatistic: true, IsFrozen: false });

    /// <summary>The weights as one block.</summary>
    internal ParameterBlock Block { get; }

    /// <summary>A network with random weights.</summary>
    /// <param name="spec">Which network.</param>
    /// <param name="input">The shape of one sample, without the batch.</param>
    /// <param name="outputs">Number of scores: of classes, of questions, of numbers to estimate.</param>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    /// <exception cref="SettingException">A number of the spec is out of range, or the network cannot take such samples; the message says what would fit.</exception>
    public static Model Create(ModelSpec spec, Shape input, int outputs, ulong seed) => Create(ModelDraft.Of(spec, input, outputs), seed);

    /// <summary>The network of a draft, with random weights; the draft's layers become the model's.</summary>
    /// <exception cref="ArgumentException">The draft has made a model already.</exception>
    internal static Model Create(ModelDraft draft, ulong seed) => new(draft, new Initializer(seed));

    /// <summary>The network of a draft, whose weights will all be set by the caller; the draft's layers become the model's.</summary>
    /// <exception cref="ArgumentException">The draft has made a model already.</exception>
    internal static Model Blank(ModelDraft draft) => new(draft, initializer: null);

    /// <summary>A network of one's own layers, with random weights: it trains in <see cref="Trainer"/> and predicts as the others do.</summary>
    /// <param name="layers">One after the other, names and parameters' names all different. They become the model's.</param>
    /// <param name="input">The shape of one sample, without the batch.</param>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    /// <exception cref="ArgumentException">A layer cannot take what those before it give, two parameters share a name, or what comes out is not a row of scores.</exception>
    public static Model Of(IReadOnlyList<Layer> layers, Shape input, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return Create(ModelDraft.Of(layers, input), seed);
    }

    /// <summary>The same model for prediction: batch normalizations become part of the convolutions beside them, which saves their work
    /// and memory. The results are the same but for rounding. A model without them, or of one's own layers, is returned as it is.</summary>
    public Model Folded()
    {
        if (Spec is LayersSpec || !layers.OfType<BatchNorm>().Any())
            return this;
        Model folded = Create(Spec with { IsFolded = true }, Input, Outputs, seed: 0);
        BatchNormFolding.Fold(layers, folded.layers);
        return folded;
    }

    /// <summary>Class probabilities. A sample's result does not depend on what else is in the batch.</summary>
    /// <remarks>Inputs that are not a number need not show in what comes out: ReLU makes 0 of them.</remarks>
    /// <param name="inputs">[B, ...<see cref="Input"/>].</param>
    /// <param name="batch">B.</param>
    /// <param name="probabilities">[B, <see cref="Outputs"/>].</param>
    /// <exception cref="ArgumentException">A span has another length than the batch asks for.</exception>
    public void Predict(ReadOnlySpan<float> inputs, int batch, Span<float> probabilities)
    {
        Scores(inputs, batch, probabilities);
        SoftmaxKernel.Rows(probabilities, Outputs, probabilities);
    }

    /// <summary>The chance of yes for each output by itself: of a model trained with <see cref="LossKind.BinaryCrossEntropy"/>.</summary>
    /// <param name="inputs">[B, ...<see cref="Input"/>].</param>
    /// <param name="batch">B.</param>
    /// <param name="chances">[B, <see cref="Outputs"/>].</param>
    /// <exception cref="ArgumentException">A span has another length than the batch asks for.</exception>
    public void PredictAttributes(ReadOnlySpan<float> inputs, int batch, Span<float> chances)
    {
        Scores(inputs, batch, chances);
        ElementKernel.Map<Sigmoid>(chances, chances);
    }

    /// <summary>The outputs as they are, of a model trained with <see cref="LossKind.MeanSquaredError"/>; of others the scores before softmax or sigmoid, [B, <see cref="Outputs"/>].</summary>
    public void Scores(ReadOnlySpan<float> inputs, int batch, Span<float> scores) => Scores(inputs, batch, scores, features: []);

    /// <summary>The scores before softmax or sigmoid, and what the last layer makes them of. A sample's result does not depend on what else is in the batch.</summary>
    /// <param name="inputs">[B, ...<see cref="Input"/>].</param>
    /// <param name="batch">B.</param>
    /// <param name="scores">[B, <see cref="Outputs"/>].</param>
    /// <param name="features">[B, <see cref="FeatureCount"/>]; or [B, <see cref="DescriptionCount"/>] with those of the stages behind; or empty where they are not wanted.</param>
    /// <exception cref="ArgumentException">A span has another length than the batch asks for.</exception>
    internal void Scores(ReadOnlySpan<float> inputs, int batch, Span<float> scores, Span<float> features)
    {
        if (batch < 0 || inputs.Length != (long)batch * Input.Count || scores.Length != (long)batch * Outputs)
            throw new ArgumentException(
                $"Predict: {inputs.Length} inputs and {scores.Length} outputs for a batch of {batch}; {batch} x {Input} = {(long)batch * Input.Count} and {batch} x {Outputs} = {(long)batch * Outputs} are needed.");
        if (features.Length > 0 && features.Length != batch * FeatureCount && features.Length != batch * DescriptionCount)
            throw new ArgumentException(
                $"Predict: room for {features.Length} features of a batch of {batch}; {batch} x {FeatureCount} = {batch * FeatureCount} are needed, or {batch} x {DescriptionCount} = {batch * DescriptionCount}, or none.");
        Tape tape = TakeTape();
        Scores(tape, inputs, batch, scores, features);
        lock (idleTapes)
            idleTapes.Push(tape);
    }

    /// <summary>The same on a tape of the caller's.</summary>
    internal void Scores(Tape tape, ReadOnlySpan<float> inputs, int batch, Span<float> scores, Span<float> features = default)
    {
        int row = batch == 0 ? 0 : features.Length / batch;
        for (int start = 0; start < batch; start += PredictionBatch)
        {
            int count = Math.Min(PredictionBatch, batch - start);
            tape.Reset();
            Tensor input = tape.Input(Input.WithBatch(count));
            inputs.Slice(start * Input.Count, count * Input.Count).CopyTo(input.Span);
            Tensor last = row > FeatureCount
                ? Describe(tape, input, count, features.Slice(start * row, count * row))
                : Forward(tape, input, layers.AsSpan(..^1));
            for (int sample = 0; sample < count && row > 0; sample++)
                last.Span.Slice(sample * FeatureCount, FeatureCount).CopyTo(features[((start + sample) * row)..]);
            Answered(Forward(tape, last, layers.AsSpan(^1..)), count).Span.CopyTo(scores[(start * Outputs)..]);
        }
    }

    /// <summary>The memory that so many samples take on their way through the network, found by sending zeros.</summary>
    internal long PredictionBytes(int samples)
    {
        Tape tape = new(new TensorArena(), isTraining: false);
        Tensor input = tape.Input(Input.WithBatch(samples));
        input.Span.Clear();
        Forward(tape, input);
        return tape.Arena.PeakBytes;
    }

    /// <summary>The layers, in the order of the work.</summary>
    internal IReadOnlyList<Layer> AllLayers => layers;

    /// <summary>The layers of one type.</summary>
    internal IEnumerable<TLayer> LayersOf<TLayer>()
        where TLayer : Layer => layers.OfType<TLayer>();

    /// <summary>What comes out of the first <paramref name="count"/> layers for one sample.</summary>
    internal float[] Results(ReadOnlySpan<float> sample, int count)
    {
        Tape tape = TakeTape();
        tape.Reset();
        Tensor x = tape.Input(Input.WithBatch(1));
        sample.CopyTo(x.Span);
        foreach (Layer layer in layers.Take(count))
            x = layer.Forward(tape, x);
        float[] results = x.Span.ToArray();
        lock (idleTapes)
            idleTapes.Push(tape);
        return results;
    }

    /// <summary>Scores [B, <see cref="Outputs"/>] of a batch on the tape.</summary>
    internal Tensor Forward(Tape tape, Tensor input) => Answered(Forward(tape, input, layers), input.Shape[0]);

    /// <summary>The scores as they are, if the layers gave what they said they would.</summary>
    private Tensor Answered(Tensor scores, int batch) => scores.Span.Length == batch * Outputs
        ? scores
        : throw new ArgumentException($"Model: the layers gave {scores.Shape} for {batch} samples, and [{batch}, {Outputs}] by their OutputShape; {layers[^1].Name} or a layer before it does not do as it says.");

    private static Tensor Forward(Tape tape, Tensor input, ReadOnlySpan<Layer> layers)
    {
        Tensor x = input;
        foreach (Layer layer in layers)
            x = layer.Forward(tape, x);
        return x;
    }

    /// <summary>All layers but the last, and the numbers of the stages on the way.</summary>
    /// <param name="tape">Where.</param>
    /// <param name="input">[B, …].</param>
    /// <param name="batch">B.</param>
    /// <param name="rows">[B, <see cref="DescriptionCount"/>]; what is of the last feature layer is left as it is.</param>
    private Tensor Describe(Tape tape, Tensor input, int batch, Span<float> rows)
    {
        Tensor x = input;
        int done = 0, start = FeatureCount;
        foreach (FeatureStage stage in Stages)
        {
            x = Forward(tape, x, layers.AsSpan(done..(stage.Index + 1)));
            int each = x.Span.Length / batch;
            for (int sample = 0; sample < batch; sample++)
                stage.Measure(x.Span.Slice(sample * each, each), rows.Slice(sample * DescriptionCount + start, stage.Count));
            (done, start) = (stage.Index + 1, start + stage.Count);
        }
        return Forward(tape, x, layers.AsSpan(done..^1));
    }

    private Tape TakeTape()
    {
        lock (idleTapes)
            if (idleTapes.TryPop(out Tape? tape))
                return tape;
        return new Tape(new TensorArena(), isTraining: false);
    }
}
