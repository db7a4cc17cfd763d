using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>One line of the description of a model.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Kind">What it is: "Dense 50, ReLU".</param>
/// <param name="OutputShape">What it gives for one sample.</param>
/// <param name="ParameterCount">How many numbers training finds.</param>
/// <param name="MultiplyAdds">Multiply-adds per sample.</param>
public sealed record LayerSummary(string Name, string Kind, Shape OutputShape, long ParameterCount, long MultiplyAdds);
