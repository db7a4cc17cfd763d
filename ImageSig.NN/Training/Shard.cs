using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>One worker's memory for forward and backward passes: tape, arena, gradients.</summary>
internal sealed class Shard
{
    private readonly Model model;
    private readonly ISampleSource source;
    private readonly Objective objective;
    private readonly RandomContext random;
    private readonly Tape tape;

    public Shard(Model model, ISampleSource source, TrainingOptions options)
    {
        (this.model, this.source, objective) = (model, source, Objective.Of(options));
        Arena = new TensorArena();
        random = new RandomContext { Seed = options.Seed };
        tape = new Tape(Arena, isTraining: true) { Random = random };
        Gradients = new Gradients(model.Block);
    }

    public TensorArena Arena { get; }

    /// <summary>Of the samples last run.</summary>
    public Gradients Gradients { get; }

    /// <summary>Gradients of the loss of <paramref name="samples"/>, times <paramref name="scale"/>; returns that loss.</summary>
    public double Run(ReadOnlySpan<int> samples, int epoch, float scale)
    {
        Gradients.Clear();
        if (samples.Length == 0)
        {
            Gradients.Complete();
            return 0;
        }
        tape.Reset();
        if (random.Samples.Length < samples.Length)
            random.Samples = new int[samples.Length];
        samples.CopyTo(random.Samples);
        random.Epoch = (uint)epoch;
        tape.BatchShare = samples.Length * scale;
        Tensor input = tape.Input(model.Input.WithBatch(samples.Length));
        int length = model.Input.Count;
        for (int i = 0; i < samples.Length; i++)
            source.CopyTo(samples[i], epoch, input.Span.Slice(i * length, length));
        Tensor total = objective.OnTape(tape, model.Forward(tape, input), source, samples, epoch, scale);
        double value = total.Span[0];
        tape.Backward(total, Gradients);
        return value;
    }
}
