using ImageSig.Export;
using ImageSig.Tensors;

namespace ImageSig;

public sealed partial class ImageClassifier
{
    /// <summary>Writes the model as an ONNX file (opset 17) for other programs: from pixels to probabilities, signatures and calibration included. docs/export.md says what goes in and comes out.</summary>
    /// <param name="path">The destination; replaced if it exists.</param>
    /// <param name="fromFeatures">Whether the file begins with features [N, S, F], as <see cref="FeatureExtractor"/> makes them, in place of pixels.</param>
    /// <exception cref="SettingException">There are no such features, or a layer has no form in ONNX.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public void SaveOnnx(string path, bool fromFeatures = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] bytes = OnnxExport.ToBytes(this, fromFeatures);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>Writes the same ONNX file to a stream.</summary>
    /// <param name="stream">Not closed.</param>
    /// <param name="fromFeatures">Whether the file begins with features [N, S, F], as <see cref="FeatureExtractor"/> makes them, in place of pixels.</param>
    /// <exception cref="SettingException">There are no such features, or a layer has no form in ONNX.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void SaveOnnx(Stream stream, bool fromFeatures = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(OnnxExport.ToBytes(this, fromFeatures));
    }

    /// <summary>All weights, and what else of numbers the model file holds.</summary>
    internal IReadOnlyList<SafetensorsEntry> Arrays => file.Tensors();

    /// <summary>Writes all weights, and what else of numbers the model file holds, by name: an .npz file for NumPy.</summary>
    /// <param name="path">The destination; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public void SaveNpz(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] bytes = NpzFile.ToBytes(Arrays);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>Writes the same .npz file to a stream.</summary>
    /// <param name="stream">Not closed.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void SaveNpz(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(NpzFile.ToBytes(Arrays));
    }
}
