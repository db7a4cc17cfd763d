using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Serialization;

public class NpyFileTests
{
    [Fact]
    public void What_is_written_is_read_back_with_its_shape()
    {
        using TemporaryFolder folder = new();
        double[] values = [1.5, -2, double.Epsilon, double.NaN, 1e300, 0];
        NpyFile.Write<double>(folder["a.npy"], values, 2, 1, 3);
        (double[] read, int[] shape) = NpyFile.Read<double>(folder["a.npy"]);
        Assert.Equal(values, read);
        Assert.Equal([2, 1, 3], shape);
    }

    [Fact]
    public void Float32_files_are_read_as_doubles_and_back()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<float>(folder["a.npy"], [0.1f, 3e38f], 2);
        Assert.Equal([(double)0.1f, 3e38f], NpyFile.Read<double>(folder["a.npy"]).Values);
        Assert.Equal([0.1f, 3e38f], NpyFile.Read<float>(folder["a.npy"]).Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1234)]
    public void Rows_written_one_by_one_equal_the_array_written_whole(int rows)
    {
        using TemporaryFolder folder = new();
        float[] values = [.. Enumerable.Range(0, rows * 6).Select(i => (float)i)];
        using (NpyWriter<float> writer = new(folder["rows.npy"], 2, 3))
        {
            for (int row = 0; row < rows; row++)
                writer.Append(values.AsSpan(row * 6, 6));
            writer.Complete();
        }
        NpyFile.Write<float>(folder["whole.npy"], values, rows, 2, 3);
        Assert.Equal(File.ReadAllBytes(folder["whole.npy"]), File.ReadAllBytes(folder["rows.npy"]));
    }

    [Fact]
    public void A_writer_that_does_not_complete_leaves_nothing_behind()
    {
        using TemporaryFolder folder = new();
        using (NpyWriter<float> writer = new(folder["rows.npy"], 2))
            writer.Append([1, 2]);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Every_cut_of_a_file_is_refused_with_its_path()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<float>(folder["a.npy"], [1, 2, 3], 3);
        byte[] whole = File.ReadAllBytes(folder["a.npy"]);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder["cut.npy"], whole[..length]);
            InvalidDataException damage = Assert.Throws<InvalidDataException>(() => NpyFile.Read<float>(folder["cut.npy"]));
            Assert.StartsWith(folder["cut.npy"], damage.Message, StringComparison.Ordinal);
        }
    }

    [PythonFact("numpy", "python3-numpy")]
    public void NumPy_reads_what_we_write()
    {
        using TemporaryFolder folder = new();
        using (NpyWriter<double> writer = new(folder["a.npy"], 2))
        {
            writer.Append([1, 2]);
            writer.Append([3, 4.5]);
            writer.Complete();
        }
        string printed = PythonFactAttribute.Run($"import numpy; a = numpy.load('{folder["a.npy"]}'); print(a.dtype, a.shape, a.tolist())");
        Assert.Equal("float64 (2, 2) [[1.0, 2.0], [3.0, 4.5]]", printed);
    }
}
