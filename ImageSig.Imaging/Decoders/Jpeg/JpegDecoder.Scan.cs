using System.Buffers;

namespace ImageSig.Imaging.Decoders;

// A scan: its header, its restart intervals and the order of its blocks.
internal sealed partial class JpegDecoder
{
    /// <summary>Encoders write ten or so. The finest division of coefficients and bits that a crafted file could choose has 3584, each over the whole picture.</summary>
    private const int MaxScans = 500;

    private int scanCount;
    private int spectralStart, spectralEnd, bitHigh, bitLow;

    private void StartScan(ReadOnlySpan<byte> data)
    {
        if (componentCount == 0)
            throw new ImageFormatException("JPEG: a scan before the frame header; the file is damaged.");
        if (data.Length < 1 || data.Length < 4 + 2 * data[0])
            throw Short("scan header", data.Length, 6);
        scanCount = data[0];
        if (scanCount < 1 || scanCount > componentCount)
            throw new ImageFormatException($"JPEG: a scan of {scanCount} components in a picture of {componentCount}; the file is damaged.");
        ReadOnlySpan<byte> last = data[(1 + 2 * scanCount)..];
        (spectralStart, spectralEnd, bitHigh, bitLow) = progressive ? (last[0], last[1], last[2] >> 4, last[2] & 15) : (0, 63, 0, 0);
        int blocks = 0;
        for (int i = 0; i < scanCount; i++)
        {
            JpegComponent component = FindComponent(data[1 + 2 * i], scanComponents.AsSpan(0, i));
            (int dc, int ac) = (data[2 + 2 * i] >> 4, data[2 + 2 * i] & 15);
            if (dc > 3 || ac > 3)
                throw new ImageFormatException($"JPEG: a scan names Huffman tables {dc} and {ac}, only 0 to 3 exist; the file is damaged.");
            UseStandardTables(dc);
            UseStandardTables(ac);
            (component.Dc, component.Ac, component.Predictor) = (dcTables[dc], acTables[ac], 0);
            scanComponents[i] = component;
            blocks += component.Across * component.Down;
            TakeFactors(component);
        }
        if (scanCount > 1 && blocks > 10)
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
        for (int i = 0; i < scanCount; i++)
        {
            bool needsDc = spectralStart == 0 && bitHigh == 0;
            bool needsAc = spectralEnd > 0;
            if ((needsDc && !scanComponents[i].Dc.Defined) || (needsAc && !scanComponents[i].Ac.Defined))
                throw new ImageFormatException("JPEG: a scan names a Huffman table that is not defined; the file is damaged.");
        }
    }

    /// <summary>Takes each component of a sequential picture once, so that no crafted file repeats work without end.</summary>
    /// <returns>Whether the scan is to be decoded.</returns>
    private bool AcceptComponents()
    {
        foreach (JpegComponent component in scanComponents.AsSpan(0, scanCount))
        {
            if (component.LowestBit[0] >= 0)
            {
                rejected ??= $"the file is damaged: component {component.Id} is given a second time";
                return false;
            }
        }
        foreach (JpegComponent component in scanComponents.AsSpan(0, scanCount))
            component.LowestBit.AsSpan().Clear();
        return true;
    }

    /// <summary>Decodes one scan, restart interval by restart interval, and carries on behind damaged ones.</summary>
    private void DecodeScan(ReadOnlySpan<byte> file, ref int position)
    {
        if (segment.Length < file.Length - position + JpegSegment.Padding)
        {
            ArrayPool<byte>.Shared.Return(segment);
            segment = ArrayPool<byte>.Shared.Rent(file.Length - position + JpegSegment.Padding);
        }
        if (target is not null && ringMask == 1 && !progressive)
            BeginRows(target);
        JpegComponent first = scanComponents[0];
        (int across, int down) = scanCount > 1 ? (mcusAcross, mcusDown) : (first.BlocksAcross, first.BlocksDown);
        int units = across * down;
        int done = 0;
        for (int interval = 0; done < units;)
        {
            int end = restartInterval == 0 ? units : (int)Math.Min(units, (long)done + restartInterval);
            int length = JpegSegment.Unstuff(file, ref position, segment);
            int reached = DecodeInterval(length, done, end, across, last: end == units);
            if (reached < end)
            {
                string place = position >= file.Length ? "the file is truncated" : "the file is damaged";
                Damaged($"{place}: a scan ends after {reached} of {units} units");
                Blank(reached, end, across);
            }
            done = end;
            interval++;
            if (done < units && !NextRestart(file, ref position, ref interval, ref done, units, across))
                break;
        }
    }

    /// <summary>Steps over the restart marker; where others follow than expected, skips the intervals that are lost.</summary>
    /// <returns>Whether another interval follows.</returns>
    private bool NextRestart(ReadOnlySpan<byte> file, ref int position, ref int interval, ref int done, int units, int across)
    {
        int marker = position + 1 < file.Length ? file[position + 1] : -1;
        if (marker is < 0xD0 or > 0xD7)
        {
            Damaged($"{(marker < 0 ? "the file is truncated" : "the file is damaged")}: a scan ends after {done} of {units} units");
            Blank(done, units, across);
            return false;
        }
        position += 2;
        int lost = (marker - 0xD0 - (interval - 1)) & 7;
        if (lost == 0)
            return true;
        Damaged($"the file is damaged: restart marker {marker - 0xD0} where {(interval - 1) & 7} was expected");
        int resumed = (int)Math.Min(units, done + (long)lost * restartInterval);
        Blank(done, resumed, across);
        interval += lost;
        done = resumed;
        return done < units;
    }
}
