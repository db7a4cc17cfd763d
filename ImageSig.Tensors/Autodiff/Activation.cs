namespace ImageSig.Tensors.Autodiff;

/// <summary>What happens to each output of a layer before it is stored.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary><c>max(x, 0)</c>.</summary>
    Relu,

    /// <summary><c>x Φ(x)</c>, exact.</summary>
    Gelu,

    /// <summary><c>1 / (1 + e⁻ˣ)</c>.</summary>
    Sigmoid,

    /// <summary><c>tanh x</c>.</summary>
    Tanh,

    /// <summary><c>min(max(x, 0), 6)</c>.</summary>
    Relu6,
}
