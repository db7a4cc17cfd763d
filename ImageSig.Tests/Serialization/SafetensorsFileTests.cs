using System.Buffers.Binary;
using System.Text;
using ImageSig.Tensors;

namespace ImageSig.Tests.Serialization;

public class SafetensorsFileTests
{
    private static readonly SafetensorsFile Example = new(
        [new("format", "test"), new("name", "größe \"x\"")],
        [new("a", [2, 3], [1, 2, 3, 4, 5, float.NaN]), new("empty", [0], []), new("b", [], [7])]);

    [Fact]
    public void What_is_written_is_read_back()
    {
        SafetensorsFile read = SafetensorsFile.Read(Example.ToBytes());
        Assert.Equal(Example.Metadata, read.Metadata);
        Assert.Equal(Example.Tensors.Select(t => t.Name), read.Tensors.Select(t => t.Name));
        Assert.Equal(Example.Tensors.SelectMany(t => t.Values), read.Tensors.SelectMany(t => t.Values));
        Assert.Equal([2, 3], read.Tensors[0].Shape);
    }

    [Fact]
    public void The_values_start_at_a_multiple_of_eight_bytes() =>
        Assert.Equal(0UL, BinaryPrimitives.ReadUInt64LittleEndian(Example.ToBytes()) % 8);

    [Fact]
    public void Every_cut_of_a_file_is_refused()
    {
        byte[] whole = Example.ToBytes();
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(whole.AsSpan(0, length)));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1e1],"data_offsets":[0,40]}}""", 40)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4)]
    [InlineData("""{"__metadata__":{"k":1}}""", 0)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8)]
    [InlineData("""[]""", 0)]
    [InlineData("""{}{}""", 0)]
    public void A_header_that_does_not_fit_its_values_is_refused(string header, int dataBytes)
    {
        byte[] file = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        Encoding.UTF8.GetBytes(header, file.AsSpan(8));
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(file));
    }

    [Fact]
    public void A_random_mutation_is_read_or_refused_and_nothing_else()
    {
        byte[] whole = Example.ToBytes();
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] mutant = (byte[])whole.Clone();
            for (int change = random.Next(1, 4); change > 0; change--)
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            try
            {
                SafetensorsFile.Read(mutant);
            }
            catch (InvalidDataException)
            {
            }
        }
    }
}
