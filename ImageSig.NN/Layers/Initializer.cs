using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>Random beginnings of weights, each a function of the seed and of how many were drawn before it in the model.</summary>
public sealed class Initializer(ulong seed)
{
    private uint drawn;

    /// <summary>Uniform in ±√(6 / (fanIn + fanOut)).</summary>
    /// <remarks>Source: Glorot &amp; Bengio, "Understanding the difficulty of training deep feedforward neural networks",
    /// AISTATS 2010, equation 16.</remarks>
    public void GlorotUniform(Parameter weight, int fanIn, int fanOut) =>
        Uniform(weight, (float)Math.Sqrt(6.0 / ((long)fanIn + fanOut)));

    /// <summary>Uniform in ±1 / √fanIn, mostly smaller than Glorot's. Weights in front of a normalization learn faster the smaller they are, and a
    /// last layer that begins small ends better.</summary>
    public void FanIn(Parameter weight, int fanIn) => Uniform(weight, (float)(1 / Math.Sqrt(fanIn)));

    /// <summary>Uniform in ±<paramref name="limit"/>.</summary>
    public void Uniform(Parameter weight, float limit)
    {
        RandomStream random = new(seed, RandomPurpose.InitialWeights, item: drawn++);
        foreach (ref float value in weight.Value.Span)
            value = (2 * random.NextFloat() - 1) * limit;
    }
}
