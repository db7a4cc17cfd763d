namespace ImageSig.Imaging.Decoders;

/// <summary>A scan: what its header says, and how far it has been decoded. Kept and used again from file to file.</summary>
internal sealed class JpegScan
{
    private readonly int[] predictors = new int[4];
    private JpegBits bits;
    private long next;

    /// <summary>How many components it has.</summary>
    public int Count;

    /// <summary>Its components, and the tables of each.</summary>
    public readonly JpegComponent[] Components = new JpegComponent[4];
    public readonly JpegHuffmanTable[] Dc = new JpegHuffmanTable[4], Ac = new JpegHuffmanTable[4];

    /// <summary>The coefficients that it gives, and of which bits: 0 to 63, 0, 0 in a sequential picture.</summary>
    public int SpectralStart, SpectralEnd, BitHigh, BitLow;

    /// <summary>Units between two restart markers; 0 for no markers.</summary>
    public int RestartInterval;

    /// <summary>Where its bytes begin in the file.</summary>
    public long Start;

    /// <summary>Whether it holds only detail of a component of which the means are wanted.</summary>
    public bool Unused;

    /// <summary>Its units, those of a row, and the rows of them that stand in a row of the picture's units.</summary>
    public int Units, Across, Rows;

    /// <summary>Units decoded or given up so far, the end of the current restart interval, and the end of those that are lost.</summary>
    public int Done, End, Lost;

    /// <summary>The number of the next restart interval.</summary>
    public int Interval;

    /// <summary>Blocks still to come that have no further new coefficient in this band.</summary>
    public int EndOfBandRun;

    /// <summary>The first loss, in a line.</summary>
    public string? Damage;

    /// <summary>Its bytes.</summary>
    public JpegWindow Window { get; } = new();

    /// <summary>Bytes of the window that were begun; beyond its length once bits were taken that are not there.</summary>
    public long Taken => next - (bits.Count >> 3);

    /// <summary>Prepares to decode it.</summary>
    /// <param name="file">Where it is.</param>
    /// <param name="room">Room for its bytes.</param>
    public void Open(ByteSource file, Memory<byte> room)
    {
        (Done, End, Lost, Interval) = (0, 0, 0, 0);
        Window.Open(file, Start, room);
    }

    /// <summary>Begins a restart interval at the window's position.</summary>
    public void Restart(int end)
    {
        End = end;
        Interval++;
        EndOfBandRun = 0;
        Array.Clear(predictors);
        Window.Begin();
        (bits, next) = (default, 0);
    }

    /// <summary>Hands its components their tables and predictors.</summary>
    /// <param name="start">Where the window's bytes are.</param>
    /// <returns>Where to read.</returns>
    public unsafe JpegBits Enter(byte* start)
    {
        for (int i = 0; i < Count; i++)
            (Components[i].Dc, Components[i].Ac, Components[i].Predictor) = (Dc[i], Ac[i], predictors[i]);
        return bits with { Next = start + next };
    }

    /// <summary>Remembers how far it has come.</summary>
    public unsafe void Leave(JpegBits reached, byte* start)
    {
        for (int i = 0; i < Count; i++)
            predictors[i] = Components[i].Predictor;
        (bits, next) = (reached, reached.Next - start);
    }
}
