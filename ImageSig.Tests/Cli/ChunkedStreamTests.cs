using System.Text;
using ImageSig.Cli.Watch;

namespace ImageSig.Tests.Cli;

/// <summary>An answer that comes in chunks is the bytes that are in them, wherever the network cuts it.</summary>
public class ChunkedStreamTests
{
    [Theory]
    [InlineData("5\r\nabcde\r\n0\r\n\r\n")]
    [InlineData("1\r\na\r\n004\r\nbcde\r\n000\r\n\r\nwhat comes later")]
    [InlineData("2;name=value\r\nab\r\n3 ; \"quoted\"\r\ncde\r\n0;last\r\nExpires: never\r\nX: y\r\n\r\n")]
    [InlineData("5\nabcde\n0\n\n")]
    public void What_is_in_the_chunks_comes_out(string answer)
    {
        for (int piece = 1; piece <= answer.Length; piece++)
            Assert.Equal("abcde", Read(answer, piece));
    }

    [Fact]
    public void Chunks_may_be_longer_than_any_buffer_and_hold_any_bytes()
    {
        byte[] content = new byte[100_000];
        new Random(1).NextBytes(content);
        List<byte> answer = [];
        for (int at = 0, length = 1; at < content.Length; at += length, length = Math.Min((3 * length) + 1, content.Length - at))
            answer.AddRange([.. Encoding.ASCII.GetBytes($"{length:X}\r\n"), .. content[at..(at + length)], .. "\r\n"u8]);
        foreach (int piece in (int[])[1, 4095, 4096, 4097, answer.Count])
        {
            using MemoryStream read = new();
            using ChunkedStream stream = new(new Pieces([.. answer, .. "0\r\n\r\n"u8], piece), "camera");
            stream.CopyTo(read);
            Assert.Equal(content, read.ToArray());
        }
    }

    [Theory]
    [InlineData("", "the connection ended before the answer did.")]
    [InlineData("5\r\nabc", "the connection ended before the answer did.")]
    [InlineData("3\r\nabc\r\n", "the connection ended before the answer did.")]
    [InlineData("3\r\nabc\r\n0\r\nX: y\r\n", "the connection ended before the answer did.")]
    [InlineData("3\r\nabcd\r\n", "the answer, which comes in chunks, is damaged: a chunk is longer than it says.")]
    [InlineData("\r\n", "the answer, which comes in chunks, is damaged: a chunk does not begin with its length.")]
    [InlineData("-1\r\na", "the answer, which comes in chunks, is damaged: a chunk does not begin with its length.")]
    [InlineData("1FFFFFFFF\r\na", "the answer, which comes in chunks, is damaged: a chunk does not begin with its length.")]
    [InlineData("3\r\nabc\r\n--frame\r\n", "the answer, which comes in chunks, is damaged: a chunk does not begin with its length.")]
    public void Damage_is_told(string answer, string message) =>
        Assert.Equal($"camera: {message}", Assert.Throws<IOException>(() => Read(answer, answer.Length + 1)).Message);

    [Fact]
    public void Nothing_without_end_is_waited_for()
    {
        Assert.EndsWith("a line between chunks is too long.", Assert.Throws<IOException>(() => Read($"3;{new string('x', 5000)}", 100)).Message, StringComparison.Ordinal);
        Assert.EndsWith("its end is too long.", Assert.Throws<IOException>(() => Read($"0\r\n{string.Concat(Enumerable.Repeat("a: b\r\n", 200))}", 100)).Message, StringComparison.Ordinal);
    }

    private static string Read(string answer, int piece)
    {
        using StreamReader reader = new(new ChunkedStream(new Pieces(Encoding.ASCII.GetBytes(answer), piece), "camera"));
        return reader.ReadToEnd();
    }

    /// <summary>Bytes of which no more than a few come at once.</summary>
    private sealed class Pieces(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));
    }
}
