using System.Text;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline.Caching;

public class ContentHashTests
{
    /// <summary>As other programs print MurmurHash3_x64_128 with seed 0, lower half first.</summary>
    [Theory]
    [InlineData("", "0000000000000000", "0000000000000000")]
    [InlineData("hello", "cbd8a7b341bd9b02", "5b1e906a48ae1d19")]
    [InlineData("The quick brown fox jumps over the lazy dog", "e34bbc7bbc071b6c", "7a433ca9c49a9347")]
    public void It_is_the_hash_that_is_known_by_that_name(string text, string low, string high)
    {
        UInt128 hash = ContentHash.Of(Encoding.ASCII.GetBytes(text));
        Assert.Equal((low, high), ($"{(ulong)hash:x16}", $"{(ulong)(hash >> 64):x16}"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_003)]
    public void A_file_read_in_pieces_has_the_hash_of_its_bytes(int length)
    {
        using TemporaryFolder folder = new();
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        File.WriteAllBytes(folder["file"], bytes);
        Assert.Equal(ContentHash.Of(bytes), ContentHash.OfFile(folder["file"]));
    }
}
