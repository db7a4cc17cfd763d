using System.Buffers;

namespace ImageSig.Imaging.Decoders;

// A scan: its header, its restart intervals and the order of its blocks.
internal sealed partial class JpegDecoder
{
    /// <summary>Encoders write ten or so. The finest division of coefficients and bits that a crafted file could choose has 3584, each over the whole picture.</summary>
    private const int MaxScans = 500;

    /// <summary>Bytes kept at hand for all scans together, and for one.</summary>
    private const int AllWindows = 1 << 20, LeastWindow = 1 << 14, LargestWindow = 1 << 16;

    private readonly List<JpegScan> scans = [];

    /// <summary>The bytes at hand of all scans. Rented.</summary>
    private byte[] windows = [];

    /// <summary>How many of <see cref="scans"/> this picture has, and how many headers of scans, those that are passed over with them.</summary>
    private int scanCount, headers;

    /// <summary>The scan whose header or blocks are being read.</summary>
    private JpegScan scan = new();

    /// <summary>Takes a scan that is to be decoded.</summary>
    private void NoteScan(ReadOnlySpan<byte> data, long start)
    {
        if (scanCount == scans.Count)
            scans.Add(new());
        scan = scans[scanCount];
        (scan.Start, scan.RestartInterval, scan.Damage) = (start, restartInterval, null);
        ReadScanHeader(data);
        if (!(progressive ? AcceptBand() : AcceptComponents()))
            return;
        scan.Unused = progressive && scan.SpectralStart > 0 && scan.Components[0].Size == 1;
        passedOver |= scan.Unused;
        for (int i = 0; i < scan.Count; i++)
            (scan.Dc[i].InUse, scan.Ac[i].InUse) = (true, true);
        JpegComponent first = scan.Components[0];
        (scan.Across, scan.Rows) = scan.Count > 1 ? (mcusAcross, 1) : (first.BlocksAcross, first.Down);
        scan.Units = scan.Across * (scan.Count > 1 ? mcusDown : first.BlocksDown);
        scanCount++;
    }

    private void ReadScanHeader(ReadOnlySpan<byte> data)
    {
        if (componentCount == 0)
            throw new ImageFormatException("JPEG: a scan before the frame header; the file is damaged.");
        if (data.Length < 1 || data.Length < 4 + 2 * data[0])
            throw Short("scan header", data.Length, 6);
        int count = data[0];
        if (count < 1 || count > componentCount)
            throw new ImageFormatException($"JPEG: a scan of {count} components in a picture of {componentCount}; the file is damaged.");
        ReadOnlySpan<byte> last = data[(1 + 2 * count)..];
        scan.Count = count;
        (scan.SpectralStart, scan.SpectralEnd, scan.BitHigh, scan.BitLow) = progressive ? (last[0], last[1], last[2] >> 4, last[2] & 15) : (0, 63, 0, 0);
        int blocks = 0;
        for (int i = 0; i < count; i++)
        {
            JpegComponent component = FindComponent(data[1 + 2 * i], scan.Components.AsSpan(0, i));
            (int dc, int ac) = (data[2 + 2 * i] >> 4, data[2 + 2 * i] & 15);
            if (dc > 3 || ac > 3)
                throw new ImageFormatException($"JPEG: a scan names Huffman tables {dc} and {ac}, only 0 to 3 exist; the file is damaged.");
            UseStandardTables(dc);
            UseStandardTables(ac);
            (scan.Dc[i], scan.Ac[i]) = (dcTables[dc], acTables[ac]);
            scan.Components[i] = component;
            blocks += component.Across * component.Down;
            TakeFactors(component);
        }
        if (count > 1 && blocks > 10)
            throw new ImageFormatException($"JPEG: {blocks} blocks interleaved in one unit, at most 10 are allowed; the file is damaged.");
        CheckTables();
    }

    /// <summary>Where components share an id, as some cameras write them, their places tell them apart.</summary>
    private JpegComponent FindComponent(int id, ReadOnlySpan<JpegComponent> taken)
    {
        bool known = false;
        foreach (JpegComponent component in components.AsSpan(0, componentCount))
        {
            if (component.Id != id)
                continue;
            if (!taken.Contains(component))
                return component;
            known = true;
        }
        throw new ImageFormatException($"JPEG: a scan names component {id}{(known ? " twice" : ", which the frame does not have")}; the file is damaged.");
    }

    /// <summary>Copies the factors in force: a later scan's tables must not change this component's.</summary>
    private void TakeFactors(JpegComponent component)
    {
        if (component.Seen)
            return;
        if (!factorsDefined[component.QuantTable])
            throw new ImageFormatException($"JPEG: quantization table {component.QuantTable} is used before it is defined; the file is damaged.");
        factors[component.QuantTable].CopyTo(component.Factors, 0);
        component.Seen = true;
    }

    /// <summary>Frames of motion JPEG leave the tables out and mean the standard's: number 0 for luma, 1 for chroma.</summary>
    private void UseStandardTables(int slot)
    {
        if (slot > 1)
            return;
        ReadOnlySpan<byte> dc = slot == 0 ? JpegStandardTables.LumaDc : JpegStandardTables.ChromaDc;
        ReadOnlySpan<byte> ac = slot == 0 ? JpegStandardTables.LumaAc : JpegStandardTables.ChromaAc;
        if (!dcTables[slot].Defined)
            dcTables[slot].Define(dc[..JpegStandardTables.Counts], dc[JpegStandardTables.Counts..], isDc: true);
        if (!acTables[slot].Defined)
            acTables[slot].Define(ac[..JpegStandardTables.Counts], ac[JpegStandardTables.Counts..], isDc: false);
    }

    private void CheckTables()
    {
        bool needsDc = scan.SpectralStart == 0 && scan.BitHigh == 0;
        bool needsAc = scan.SpectralEnd > 0;
        for (int i = 0; i < scan.Count; i++)
            if ((needsDc && !scan.Dc[i].Defined) || (needsAc && !scan.Ac[i].Defined))
                throw new ImageFormatException("JPEG: a scan names a Huffman table that is not defined; the file is damaged.");
    }

    /// <summary>Takes each component of a sequential picture once, so that no crafted file repeats work without end.</summary>
    /// <returns>Whether the scan is to be decoded.</returns>
    private bool AcceptComponents()
    {
        ReadOnlySpan<JpegComponent> own = scan.Components.AsSpan(0, scan.Count);
        foreach (JpegComponent component in own)
        {
            if (component.LowestBit[0] >= 0)
            {
                rejected ??= $"the file is damaged: component {component.Id} is given a second time";
                return false;
            }
        }
        foreach (JpegComponent component in own)
            component.LowestBit.AsSpan().Clear();
        return true;
    }

    /// <summary>Decodes all scans side by side, one row of units after the other, so that of the picture no more than a row or two are kept.</summary>
    private void DecodeScans(ByteSource file)
    {
        foreach (JpegComponent component in components.AsSpan(0, componentCount))
            Rent(component);
        OpenScans(file);
        for (int row = 0; row < mcusDown; row++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            // The last row of an MCU takes its colors in part from the next one.
            if (target is not null)
                WriteRows(target, Math.Min(outHeight, row * largestDown * (8 / scale) - 1));
            if (progressive)
                ClearCoefficients();
            for (int i = 0; i < scanCount; i++)
                if (thorough || !scans[i].Unused)
                    Advance(file, scans[i], (int)Math.Min(scans[i].Units, (row + 1L) * scans[i].Rows * scans[i].Across));
            if (progressive && work != JpegWork.Entropy)
                TransformRows(row);
        }
        if (target is not null)
            WriteRows(target, outHeight);
    }

    /// <summary>Rents room for the bytes of all scans, and shares it out.</summary>
    private void OpenScans(ByteSource file)
    {
        int share = Math.Clamp(AllWindows / Math.Max(1, scanCount), LeastWindow, LargestWindow);
        // One byte more than there are, so that their end is seen.
        share = (int)Math.Min(share, file.Length + 1 + JpegWindow.Padding);
        windows = ArrayPool<byte>.Shared.Rent(scanCount * share);
        for (int i = 0; i < scanCount; i++)
            if (thorough || !scans[i].Unused)
                scans[i].Open(file, windows.AsMemory(i * share, share));
    }

    /// <summary>Decodes the next units of a scan, restart interval by restart interval, and carries on behind damaged ones.</summary>
    private void Advance(ByteSource file, JpegScan next, int to)
    {
        scan = next;
        while (scan.Done < to)
        {
            if (scan.Done == scan.End && scan.Done >= scan.Lost)
                BeginInterval(file);
            int from = scan.Done;
            if (from < scan.Lost)
            {
                scan.Done = Math.Min(to, scan.Lost);
                Blank(from, scan.Done);
                continue;
            }
            int end = Math.Min(to, scan.End);
            scan.Done = DecodeUnits(from, end);
            if (scan.Done < end)
                LoseRest(file);
            else if (end == scan.End)
                CheckLeftOver();
        }
    }

    /// <summary>Gives up what is left of the interval.</summary>
    private void LoseRest(ByteSource file)
    {
        scan.Window.PassOver(scan.Taken);
        Lost($"{Place(file)}: a scan ends after {scan.Done} of {scan.Units} units", scan.End);
    }

    /// <summary>Looks whether more than padding follows the last block of an interval.</summary>
    private void CheckLeftOver()
    {
        if (scan.Window.PassOver(scan.Taken) is not (> 0 and long bytes))
            return;
        string leftOver = $"{bytes} bytes of a scan are left over behind its last block";
        // Behind the whole scan they are not the picture's; within it they are the rest of blocks that were taken for others.
        if (scan.End == scan.Units)
            Note(leftOver);
        else
            Lost($"the file is damaged: {leftOver}", scan.Lost);
    }

    /// <summary>Steps over the restart marker and begins the interval behind it; where another marker follows than expected, gives up the intervals that are lost.</summary>
    private void BeginInterval(ByteSource file)
    {
        if (scan.Done > 0)
        {
            ReadOnlySpan<byte> found = file.Look(scan.Window.Position, 2);
            int marker = found.Length < 2 ? -1 : found[1];
            if (marker is < 0xD0 or > 0xD7)
            {
                Lost($"{Place(file)}: a scan ends after {scan.Done} of {scan.Units} units", scan.Units);
                return;
            }
            scan.Window.Position += 2;
            int lost = (marker - 0xD0 - (scan.Interval - 1)) & 7;
            if (lost > 0)
                Lost(
                    $"the file is damaged: restart marker {marker - 0xD0} where {(scan.Interval - 1) & 7} was expected",
                    (int)Math.Min(scan.Units, scan.Done + (long)lost * scan.RestartInterval));
            scan.Interval += lost;
        }
        int first = Math.Max(scan.Done, scan.Lost);
        if (first < scan.Units)
            scan.Restart(scan.RestartInterval == 0 ? scan.Units : (int)Math.Min(scan.Units, (long)first + scan.RestartInterval));
    }

    private string Place(ByteSource file) => scan.Window.Position >= file.Length ? "the file is truncated" : "the file is damaged";

    /// <summary>Notes that the units up to <paramref name="end"/> are lost.</summary>
    private void Lost(string what, int end)
    {
        scan.Lost = end;
        scan.Damage ??= what;
        RefuseIfStrict(what);
    }
}
