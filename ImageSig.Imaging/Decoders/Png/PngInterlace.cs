namespace ImageSig.Imaging.Decoders;

/// <summary>The rows of an interlaced picture from the first to the last, in the memory of a few: its seven passes are read side by side, each by an inflater of its own.</summary>
/// <remarks>Each inflater passes over what stands before its pass: 1/64 of the picture, 1/32, … 1/2, all in all about the whole once more.</remarks>
internal sealed class PngInterlace : IDisposable
{
    private readonly PngFile png;
    private readonly DecodeOptions options;
    private readonly List<OpenPass> passes = [];

    /// <summary>Brings every pass to its first row.</summary>
    public PngInterlace(PngFile png, ByteSource file, DecodeOptions options)
    {
        (this.png, this.options) = (png, options);
        try
        {
            Open(file);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void Open(ByteSource file)
    {
        long before = 0;
        foreach (PngPass pass in PngPass.Of(png.Header))
        {
            long length = pass.Bytes(png.Header);
            if (length == 0)
                continue;
            PngRows rows = new(png.Header, file, png.FirstData, before + length, options.CancellationToken);
            passes.Add(new(pass, rows));
            rows.PassOver(before);
            rows.Begin(pass);
            before += length;
        }
    }

    /// <summary>Gives the target every row.</summary>
    public void Read(RowTarget target)
    {
        (int width, int height) = (png.Header.Width, png.Header.Height);
        int atOnce = target.RowsAtOnce;
        for (int y = 0; y < height; y += atOnce)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(atOnce, height - y);
            if (width <= RowTarget.LongestPiece)
                ReadWholeRows(target, y, count);
            else
                ReadPieces(target, y);
        }
    }

    private void ReadWholeRows(RowTarget target, int y, int count)
    {
        int width = png.Header.Width;
        Span<byte> pixels = target.Row(y, 0, width, count);
        foreach ((PngPass pass, PngRows rows) in passes)
            for (int i = pass.RowsBefore(y); i < count; i += pass.StepDown)
                png.Pixels.Convert(rows.NextWhole(), pass.Width, pixels[(3 * (i * width + pass.Left))..], 3 * pass.StepRight);
        target.Take(y, 0, width, count);
    }

    private void ReadPieces(RowTarget target, int y)
    {
        foreach ((PngPass pass, PngRows rows) in passes)
            if (pass.RowsBefore(y) == 0)
                rows.NextRow();
        for (int x = 0; x < png.Header.Width; x += RowTarget.LongestPiece)
        {
            int count = Math.Min(RowTarget.LongestPiece, png.Header.Width - x);
            Span<byte> pixels = target.Row(y, x, count);
            foreach ((PngPass pass, PngRows rows) in passes)
            {
                int own = (count - pass.Left + pass.StepRight - 1) / pass.StepRight;
                if (own < 1 || pass.RowsBefore(y) > 0)
                    continue;
                png.Pixels.Convert(rows.NextPiece(own), own, pixels[(3 * pass.Left)..], 3 * pass.StepRight);
                rows.EndPiece(own);
            }
            target.Take(y, x, count);
        }
    }

    /// <summary>Gives the rented buffers back.</summary>
    public void Dispose()
    {
        foreach ((_, PngRows rows) in passes)
            rows.Dispose();
        passes.Clear();
    }

    private sealed record OpenPass(PngPass Pass, PngRows Rows);
}
