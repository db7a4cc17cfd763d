namespace ImageSig.Imaging.Decoders;

/// <summary>The numbers of a Netpbm file: its header, and the samples of the plain kinds.</summary>
/// <remarks>A comment stands wherever a space may, and ends with its line, as in Netpbm itself.</remarks>
internal ref struct NetpbmText(ByteSource file)
{
    private ReadOnlySpan<byte> window;
    private int at;
    private long windowStart;

    /// <summary>Where the next character stands in the file.</summary>
    public readonly long Position => windowStart + at;

    /// <summary>The digit behind the P, 1 to 6.</summary>
    public int Kind()
    {
        at += Here() == 'P' ? 1 : 0;
        int kind = Here() - '0';
        at++;
        return kind;
    }

    /// <summary>A number in front of which spaces and comments may stand.</summary>
    public int Number(string what)
    {
        SkipSpace();
        long start = Position;
        int number = 0;
        for (int digit = Here(); digit is >= '0' and <= '9'; digit = Here())
        {
            number = Math.Min(10 * number + digit - '0', 100_000_000);
            at++;
        }
        if (Position == start)
            throw new ImageFormatException($"PNM: the {what} is missing at byte {start}; the file is truncated or damaged.");
        return number;
    }

    /// <summary>One digit of a plain bitmap; they need no space between them. 1 is black.</summary>
    public byte Bit()
    {
        SkipSpace();
        int digit = Here();
        at++;
        return digit switch
        {
            '0' => 255,
            '1' => 0,
            _ => throw new ImageFormatException($"PNM: a 0 or 1 is missing at byte {Position - 1}; the file is truncated or damaged."),
        };
    }

    /// <summary>The one character between the header and raw samples; a comment that begins there counts as the end of its line.</summary>
    public void SkipOne()
    {
        SkipComment();
        at++;
    }

    private void SkipSpace()
    {
        while (true)
        {
            SkipComment();
            if (Here() is not (' ' or (>= 9 and <= 13)))
                return;
            at++;
        }
    }

    /// <summary>Goes to the end of the line where a comment begins here.</summary>
    private void SkipComment()
    {
        if (Here() != '#')
            return;
        while (Here() is not ('\n' or '\r' or < 0))
            at++;
    }

    /// <summary>The next character; −1 at the file's end.</summary>
    private int Here()
    {
        if (at >= window.Length)
        {
            (windowStart, at) = (windowStart + at, 0);
            window = file.Look(windowStart);
        }
        return at < window.Length ? window[at] : -1;
    }
}
