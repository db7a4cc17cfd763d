namespace ImageSig.Tensors.Autodiff;

/// <summary>What happens to each output of a layer before it is stored.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary><c>max(x, 0)</c>.</summary>
    Relu,
}
