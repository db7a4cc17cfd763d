using System.IO.Compression;
using ImageSig.Export;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Export;

/// <summary>The formats of other programs, byte by byte and by other readers.</summary>
public class FileWriterTests
{
    /// <summary>The examples of "Encoding", protobuf.dev, and the ends of what a varint holds.</summary>
    [Fact]
    public void Fields_are_written_as_protocol_buffers_say()
    {
        ProtobufWriter writer = new();
        writer.Number(1, 150);
        writer.Text(2, "testing");
        writer.Message(3, inner => inner.Number(1, 150));
        writer.Number(4, -1);
        writer.Number(16, 1.5f);
        Assert.Equal("089601" + "120774657374696E67" + "1A03089601" + "20FFFFFFFFFFFFFFFFFF01" + "85010000C03F", Convert.ToHexString(writer.Bytes));
    }

    [Fact]
    public void A_zip_of_arrays_is_read_by_another_reader()
    {
        using TemporaryFolder folder = new();
        SafetensorsEntry[] arrays = [new("conv1.weight", [2, 3], [1, 2, 3, 4, 5, 6]), new("größe", [1], [0.5f]), new("none", [0], [])];
        byte[] bytes = NpzFile.ToBytes(arrays);
        using ZipArchive zip = new(new MemoryStream(bytes));
        Assert.Equal(["conv1.weight.npy", "größe.npy", "none.npy"], zip.Entries.Select(entry => entry.FullName));
        foreach ((ZipArchiveEntry entry, SafetensorsEntry array) in zip.Entries.Zip(arrays))
        {
            entry.ExtractToFile(folder[entry.Name]);
            (float[] values, int[] shape) = NpyFile.Read<float>(folder[entry.Name]);
            Assert.Equal(array.Values, values);
            Assert.Equal(array.Shape, shape);
        }
    }

    [Fact]
    public void All_weights_and_statistics_of_a_model_are_in_its_npz()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(Folders.Repository, "ImageSig.Tests", "Pipeline", "ModelsOfVersion1", "conv.safetensors");
        ImageClassifier.Load(path).SaveNpz(folder["model.npz"]);
        SafetensorsFile model = SafetensorsFile.Read(File.ReadAllBytes(path));
        using ZipArchive zip = ZipFile.OpenRead(folder["model.npz"]);
        Assert.Equal(model.Tensors.Select(tensor => $"{tensor.Name}.npy"), zip.Entries.Select(entry => entry.FullName));
        ZipArchiveEntry last = zip.Entries[^1];
        last.ExtractToFile(folder["last.npy"]);
        Assert.Equal(model.Tensors[^1].Values, NpyFile.Read<float>(folder["last.npy"]).Values);
    }

    [Fact]
    public void A_stream_is_given_what_a_file_would_hold()
    {
        using TemporaryFolder folder = new();
        ImageClassifier classifier = ImageClassifier.Load(Path.Combine(Folders.Repository, "ImageSig.Tests", "Pipeline", "ModelsOfVersion1", "conv.safetensors"));
        using MemoryStream onnx = new(), features = new(), npz = new();
        classifier.SaveOnnx(onnx);
        classifier.SaveOnnx(features, fromFeatures: true);
        classifier.SaveNpz(npz);
        classifier.SaveOnnx(folder["onnx"]);
        classifier.SaveOnnx(folder["features"], fromFeatures: true);
        classifier.SaveNpz(folder["npz"]);
        Assert.Equal(File.ReadAllBytes(folder["onnx"]), onnx.ToArray());
        Assert.Equal(File.ReadAllBytes(folder["features"]), features.ToArray());
        Assert.Equal(File.ReadAllBytes(folder["npz"]), npz.ToArray());
        Assert.NotEqual(onnx.Length, features.Length);
    }
}
