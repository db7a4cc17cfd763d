using System.Buffers.Binary;
using System.IO.Compression;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Serialization;

/// <summary>An array within a .npz file is read as the .npy file that it holds.</summary>
public class NpzEntryTests
{
    private static readonly double[] Values = [.. Enumerable.Range(0, 30_000).Select(number => number * 0.25)];

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void The_only_array_needs_no_name_and_of_several_each_is_found_by_its_own(CompressionLevel level)
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<double>(folder["paths.npy"], Values, 100, 100, 3);
        NpyFile.Write<long>(folder["other.npy"], [7], 1);
        Zip(folder["one.npz"], level, folder["paths.npy"]);
        Zip(folder["two.npz"], level, folder["other.npy"], folder["paths.npy"]);
        foreach (string path in new[] { "one.npz", "one.npz:paths", "two.npz:paths" })
        {
            Assert.Equal([100, 100, 3], NpyFile.ReadHeader(folder[path]).Shape);
            Assert.Equal(Values, NpyFile.Read<double>(folder[path]).Values);
        }
        Assert.Equal([7], NpyFile.Read<long>(folder["two.npz:other"]).Values);
        Assert.Equal(
            $"{folder["two.npz"]}: several arrays are in this .npz file; name one behind the file, as FILE.npz:other. They are other, paths.",
            Assert.Throws<InvalidDataException>(() => NpyFile.ReadHeader(folder["two.npz"])).Message);
        File.Copy(folder["other.npy"], folder["odd.npz:name"]);
        Assert.Equal([7], NpyFile.Read<long>(folder["odd.npz:name"]).Values);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Whatever_is_cut_off_or_overwritten_is_told_with_the_path(CompressionLevel level)
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<long>(folder["a.npy"], [1, 2, 3, 4], 4);
        Zip(folder["whole.npz"], level, folder["a.npy"]);
        byte[] whole = File.ReadAllBytes(folder["whole.npz"]);
        for (int at = 2; at < whole.Length; at++)
        {
            File.WriteAllBytes(folder["a.npz"], whole[..at]);
            Assert.StartsWith(folder["a.npz"], Assert.Throws<InvalidDataException>(() => NpyFile.Read<long>(folder["a.npz"])).Message, StringComparison.Ordinal);
            byte[] changed = [.. whole];
            changed[at] ^= 0xFF;
            File.WriteAllBytes(folder["a.npz"], changed);
            // What is not looked at, such as a date, may be anything; the numbers have a checksum.
            if (Record.Exception(() => NpyFile.Read<long>(folder["a.npz"])) is { } refusal)
                Assert.StartsWith(folder["a.npz"], Assert.IsType<InvalidDataException>(refusal).Message, StringComparison.Ordinal);
            else
                Assert.Equal([1, 2, 3, 4], NpyFile.Read<long>(folder["a.npz"]).Values);
        }
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_size_that_so_few_bytes_cannot_have_is_refused_before_memory_is_asked_for(CompressionLevel level)
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<long>(folder["a.npy"], [1, 2, 3, 4], 4);
        // The header claims as many numbers as the list claims bytes for.
        byte[] array = File.ReadAllBytes(folder["a.npy"]);
        int shape = array.AsSpan().IndexOf("(4,)"u8);
        "(30000000,)"u8.CopyTo(array.AsSpan(shape));
        array[shape + 11] = (byte)'}';
        File.WriteAllBytes(folder["a.npy"], array);
        Zip(folder["a.npz"], level, folder["a.npy"]);
        byte[] file = File.ReadAllBytes(folder["a.npz"]);
        int list = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(list + 24), 128 + (8 * 30_000_000));
        File.WriteAllBytes(folder["a.npz"], file);
        long bytes = Cost.UsualBytes(() => Assert.EndsWith("this .npz file is cut or damaged; copy it again.", Assert.Throws<InvalidDataException>(() => NpyFile.Read<long>(folder["a.npz"])).Message, StringComparison.Ordinal));
        Assert.InRange(bytes, 0, 1_000_000);
    }

    [Theory]
    [InlineData(10, 12)]
    [InlineData(8, 1)]
    public void What_is_encrypted_or_packed_by_another_method_is_told_so_however_small_it_became(int field, byte value)
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<long>(folder["a.npy"], [1, 2, 3, 4], 4);
        Zip(folder["a.npz"], CompressionLevel.Optimal, folder["a.npy"]);
        byte[] file = File.ReadAllBytes(folder["a.npz"]);
        Span<byte> line = file.AsSpan(file.AsSpan().LastIndexOf("PK\u0001\u0002"u8));
        line[field] = value;
        // bzip2 makes of zeros a hundred thousandth.
        BinaryPrimitives.WriteInt32LittleEndian(line[24..], 1_000_000_000);
        File.WriteAllBytes(folder["a.npz"], file);
        Assert.EndsWith(
            "the array is encrypted, or compressed otherwise than by numpy.savez_compressed; save it by itself (numpy.save).",
            Assert.Throws<InvalidDataException>(() => NpyFile.ReadHeader(folder["a.npz"])).Message, StringComparison.Ordinal);
    }

    [PythonFact("numpy", "python3-numpy")]
    public void Numpy_s_own_files_are_read()
    {
        using TemporaryFolder folder = new();
        string script = $"import numpy as np; a = np.arange(6.0).reshape(1, 3, 2); np.savez('{folder["s.npz"]}', paths=a, b=a[0]); np.savez_compressed('{folder["c.npz"]}', a)";
        PythonFactAttribute.Run(script);
        Assert.Equal([0.0, 1, 2, 3, 4, 5], NpyFile.Read<double>(folder["s.npz:paths"]).Values);
        Assert.Equal([1, 3, 2], NpyFile.ReadHeader(folder["c.npz"]).Shape);
    }

    private static void Zip(string path, CompressionLevel level, params string[] files)
    {
        using ZipArchive arrays = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (string file in files)
            arrays.CreateEntryFromFile(file, Path.GetFileName(file), level);
    }
}
