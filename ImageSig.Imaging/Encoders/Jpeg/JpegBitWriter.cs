namespace ImageSig.Imaging.Encoders;

/// <summary>Bits of a scan, top bit first, with a zero stuffed in behind each byte 0xFF.</summary>
internal sealed class JpegBitWriter(Stream stream)
{
    private readonly byte[] bytes = new byte[1 << 16];
    private int used;
    private ulong buffer;
    private int count;

    /// <summary>Appends the lowest bits of a number.</summary>
    /// <param name="bits">No bits set above the lowest <paramref name="length"/>.</param>
    /// <param name="length">0 to 32.</param>
    public void Write(uint bits, int length)
    {
        buffer = (buffer << length) | bits;
        count += length;
        while (count >= 8)
        {
            count -= 8;
            Write((byte)(buffer >> count));
        }
    }

    /// <summary>Fills the last byte with ones and hands everything to the stream.</summary>
    public void Finish()
    {
        Write((1u << 7) - 1, 7);
        stream.Write(bytes, 0, used);
        used = 0;
    }

    private void Write(byte value)
    {
        if (used > bytes.Length - 2)
        {
            stream.Write(bytes, 0, used);
            used = 0;
        }
        bytes[used++] = value;
        if (value == 0xFF)
            bytes[used++] = 0;
    }
}
