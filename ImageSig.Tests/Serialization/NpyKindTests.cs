using System.Globalization;
using System.Text;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Serialization;

/// <summary>Arrays of every type, order of axes and order of bytes, as NumPy writes them.</summary>
public class NpyKindTests
{
    [Theory]
    [InlineData("<f2", "003C 00C0 FF7B 0100", "1 -2 65504 5.960464477539063E-08")]
    [InlineData(">f2", "3C00 7C00", "1 Infinity")]
    [InlineData("<f4", "0000803F CDCCCC3D", "1 0.10000000149011612")]
    [InlineData(">f4", "3F800000", "1")]
    [InlineData(">f8", "BFB999999999999A", "-0.1")]
    [InlineData("|i1", "7F 80", "127 -128")]
    [InlineData("<i2", "0080", "-32768")]
    [InlineData(">i2", "8000 0102", "-32768 258")]
    [InlineData("<i4", "FEFFFFFF", "-2")]
    [InlineData(">i4", "00000102", "258")]
    [InlineData("<i8", "0100000000002000 FFFFFFFFFFFFFFFF", "9007199254740992 -1")]
    [InlineData(">i8", "0000000000000102", "258")]
    [InlineData("|u1", "FF", "255")]
    [InlineData("<u2", "0080", "32768")]
    [InlineData(">u4", "FFFFFFFF", "4294967295")]
    [InlineData("<u8", "FFFFFFFFFFFFFFFF 0104000000000080", "1.8446744073709552E+19 9.223372036854778E+18")]
    [InlineData("|b1", "00 01 02", "0 1 1")]
    public void Elements_of_every_type_are_rounded_to_the_nearest_number(string descriptor, string bytes, string expected)
    {
        using TemporaryFolder folder = new();
        string[] elements = bytes.Split(' ');
        Write(folder["a.npy"], descriptor, "False", $"({elements.Length},)", Convert.FromHexString(string.Concat(elements)));
        double[] numbers = [.. expected.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        Assert.Equal(numbers, NpyFile.Read<double>(folder["a.npy"]).Values);
        Assert.Equal(numbers.Select(number => (float)number), NpyFile.Read<float>(folder["a.npy"]).Values);
        Assert.Equal(elements[0].Length / 2, NpyFile.ReadHeader(folder["a.npy"]).ElementSize);
    }

    [Fact]
    public void Whole_numbers_are_rounded_once_on_the_way_to_float()
    {
        using TemporaryFolder folder = new();
        // 2⁶³ + 2³⁹ + 1 lies above the middle of two floats; rounded to double first, it would lie in it and go down.
        const ulong Number = (1UL << 63) + (1UL << 39) + 1;
        Write(folder["a.npy"], "<u8", "False", "(1,)", BitConverter.GetBytes(Number));
        Assert.Equal([(1UL << 63) + (float)(1UL << 40)], NpyFile.Read<float>(folder["a.npy"]).Values);
        Write(folder["a.npy"], "<i8", "False", "(1,)", BitConverter.GetBytes(Number >> 1 | 1));
        Assert.Equal([(1UL << 62) + (float)(1UL << 39)], NpyFile.Read<float>(folder["a.npy"]).Values);
        Write(folder["a.npy"], "<u8", "False", "(1,)", BitConverter.GetBytes(Number));
        Assert.Equal([long.MaxValue], NpyFile.Read<long>(folder["a.npy"]).Values);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(2, 3, 4)]
    [InlineData(1, 3, 1, 2, 1, 5)]
    [InlineData(7)]
    [InlineData(1)]
    [InlineData]
    [InlineData(0, 3)]
    [InlineData(40, 50, 60)]
    public void Fortran_order_is_put_in_order(params int[] shape)
    {
        using TemporaryFolder folder = new();
        int count = shape.Aggregate(1, (product, length) => product * length);
        byte[] bytes = [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes((ushort)i))];
        Write(folder["a.npy"], "<u2", "True", $"({string.Concat(shape.Select(length => length + ","))})", bytes);
        (double[] values, int[] found) = NpyFile.Read<double>(folder["a.npy"]);
        Assert.Equal(shape, found);
        Assert.True(NpyFile.ReadHeader(folder["a.npy"]).IsFortranOrder);
        for (int place = 0; place < count; place++)
        {
            // The index of a place in C order, and the number of that index in Fortran order.
            int expected = 0, rest = place;
            for (int axis = shape.Length - 1; axis >= 0; rest /= shape[axis--])
                expected += rest % shape[axis] * shape[..axis].Aggregate(1, (product, length) => product * length);
            Assert.Equal((ushort)expected, values[place]);
        }
    }

    [Theory]
    [InlineData("|O")]
    [InlineData("<c8")]
    [InlineData("<f16")]
    [InlineData("<M8[ns]")]
    [InlineData("<U3")]
    [InlineData("=f4")]
    [InlineData("|f4")]
    [InlineData("f4")]
    [InlineData("")]
    public void Types_that_are_no_numbers_are_refused_with_the_remedy(string descriptor)
    {
        using TemporaryFolder folder = new();
        Write(folder["a.npy"], descriptor, "False", "(1,)", new byte[8]);
        string message = Assert.Throws<InvalidDataException>(() => NpyFile.Read<double>(folder["a.npy"])).Message;
        Assert.Equal($"{folder["a.npy"]}: .npy element type '{descriptor}' is not read here; save it as float32 or float64 (array.astype('<f8')).", message);
    }

    [Fact]
    public void Orders_and_axes_that_are_none_are_refused_with_the_remedy()
    {
        using TemporaryFolder folder = new();
        Write(folder["a.npy"], "<f4", "Perhaps", "(1,)", new byte[4]);
        Assert.EndsWith("fortran_order Perhaps; True or False was expected.", Assert.Throws<InvalidDataException>(() => NpyFile.ReadHeader(folder["a.npy"])).Message, StringComparison.Ordinal);
        Write(folder["a.npy"], "<f4", "False", $"({string.Concat(Enumerable.Repeat("1,", 65))})", new byte[4]);
        Assert.EndsWith(".npy header with 65 axes; at most 64 are read, as many as NumPy has.", Assert.Throws<InvalidDataException>(() => NpyFile.ReadHeader(folder["a.npy"])).Message, StringComparison.Ordinal);
    }

    [PythonFact("numpy", "python3-numpy")]
    public void What_NumPy_writes_is_what_it_means()
    {
        using TemporaryFolder folder = new();
        double[] expected = [.. Enumerable.Range(0, 24).Select(i => (double)i)];
        PythonFactAttribute.Run($"""
            import numpy
            for kind in ['f2', 'f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8']:
                for place, order in enumerate(['C', 'F']):
                    for end, word in enumerate('<>'):
                        numpy.save('{folder.Path}/%s-%d-%d' % (kind, place, end), numpy.asarray(numpy.arange(24).reshape(2, 3, 4), dtype=word + kind, order=order))
            numpy.save('{folder.Path}/bool', numpy.arange(24).reshape(2, 3, 4) % 3 > 0)
            """);
        string[] files = Directory.GetFiles(folder.Path, "*-*.npy");
        Assert.Equal(44, files.Length);
        Assert.All(files, file =>
        {
            (double[] values, int[] shape) = NpyFile.Read<double>(file);
            Assert.Equal(expected, values);
            Assert.Equal([2, 3, 4], shape);
        });
        Assert.Equal(expected.Select(i => i % 3 > 0 ? 1.0 : 0), NpyFile.Read<double>(folder["bool.npy"]).Values);
    }

    private static void Write(string path, string descriptor, string order, string shape, byte[] elements)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '{descriptor}', 'fortran_order': {order}, 'shape': {shape}, }}\n");
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. header, .. elements]);
    }
}
