using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Activations as people write them.</summary>
internal static class ActivationNames
{
    public static string Name(this Activation activation) => activation switch
    {
        Activation.Relu => "ReLU",
        Activation.Relu6 => "ReLU6",
        Activation.Gelu => "GELU",
        Activation.Sigmoid => "sigmoid",
        Activation.Tanh => "tanh",
        _ => "linear",
    };
}
