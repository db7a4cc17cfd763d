using ImageSig.Imaging;

namespace ImageSig;

/// <summary>One image of a data set, read and brought to size.</summary>
/// <param name="Image">[H, W, 3].</param>
/// <param name="Label">The index of its class.</param>
/// <param name="Name">What messages call it.</param>
internal readonly record struct LabeledImage(Image Image, int Label, string Name = "");
