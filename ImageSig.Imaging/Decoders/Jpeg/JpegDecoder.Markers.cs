using System.Buffers;
using System.Buffers.Binary;

namespace ImageSig.Imaging.Decoders;

// The marker segments: what the file says about itself before and between its scans.
internal sealed partial class JpegDecoder
{
    /// <summary>The marker that the picture ends at: its own end marker, another one, or −1 for the file's end.</summary>
    private int ending;

    /// <summary>Whether every bit of every coefficient is given.</summary>
    private bool complete;

    /// <summary>Walks the markers, noting where each scan is, until every coefficient is there: what follows is none of the picture's.</summary>
    private void ReadMarkers(ByteSource file)
    {
        long position = 2;
        while (headers == 0 || !IsComplete())
        {
            int marker = NextMarker(file, ref position);
            bool another = marker == 0xD8 && headers > 0;
            if (marker is (>= 0xD0 and <= 0xD8) or 0x01 && !another)
                continue;
            bool ends = marker is 0xD9 or < 0 || another;
            ReadOnlySpan<byte> data = default;
            if (ends || !TryReadSegment(file, marker, ref position, out data))
            {
                if (headers == 0)
                    throw CutShort(file, early: marker != 0xD9);
                (complete, ending) = (false, ends ? marker : -1);
                return;
            }
            if (marker != 0xDA)
            {
                ReadSegment(marker, data, file.Length);
                continue;
            }
            if (work == JpegWork.Header && componentCount > 0)
                return;
            if (headers == 0)
                ScaleAll();
            NoteScan(data, position);
            if (++headers > MaxScans)
                throw new ImageFormatException($"JPEG: more than {MaxScans} scans; the file is damaged, or made to take long.");
        }
        complete = true;
        do
            ending = NextMarker(file, ref position);
        while (ending is >= 0xD0 and <= 0xD7);
    }

    /// <summary>Whether every bit of every coefficient was given.</summary>
    private bool IsComplete()
    {
        foreach (JpegComponent component in components.AsSpan(0, componentCount))
            if (component.LowestBit.AsSpan().ContainsAnyExcept(0))
                return false;
        return true;
    }

    /// <summary>Says what is lost, and what is not as it should be, beside the blocks.</summary>
    private void Conclude(ByteSource file)
    {
        for (int i = 0; i < scanCount && damage is null; i++)
            damage = scans[i].Damage;
        if (complete)
        {
            if (rejected is not null)
                Note(rejected);
            // Behind the whole picture belongs the end marker; another thing, or none, costs nothing.
            if (ending != 0xD9)
                Note(ending < 0 ? "no end marker stands behind the picture" : "other bytes stand behind the picture in place of its end marker");
            return;
        }
        for (int i = 0; i < componentCount; i++)
            if (!components[i].Seen)
                Damaged($"the file is truncated: {componentCount} color components are declared, component {components[i].Id} is missing");
        if (rejected is not null)
            Damaged(rejected);
        else if (ending != 0xD9)
            Damaged($"{(ending < 0 ? $"the file ends after {file.Length} bytes" : "another picture begins")} without an end marker and before all of the detail was given: it is truncated");
        else if (damage is null)
            Note("the picture is incomplete: some of its detail (coefficients of a progressive file) is never given");
    }

    private void ReadSegment(int marker, ReadOnlySpan<byte> data, long fileLength)
    {
        switch (marker)
        {
            case 0xC0 or 0xC1 or 0xC2:
                progressive = marker == 0xC2;
                ReadFrame(data, fileLength);
                break;
            case 0xC4:
                ReadHuffmanTables(data);
                break;
            case 0xDB:
                ReadFactors(data);
                break;
            case 0xDD:
                if (data.Length < 2)
                    throw Short("restart interval", data.Length, 2);
                restartInterval = BinaryPrimitives.ReadUInt16BigEndian(data);
                break;
            case 0xE0:
                jfif |= data.Length >= 14 && data.StartsWith("JFIF\0"u8);
                break;
            case 0xE1 when headers == 0:
                exif ??= Exif.Orientation(data);
                break;
            case 0xEE when data.Length >= 12 && data.StartsWith("Adobe"u8):
                adobe = true;
                adobeTransform = data[11];
                break;
            case 0xC3 or (>= 0xC5 and <= 0xC7) or (>= 0xC9 and <= 0xCB) or (>= 0xCD and <= 0xCF):
                throw new ImageFormatException($"JPEG: {KindOf(marker)} coding is not supported; save the picture as an ordinary (baseline or progressive) JPEG or as PNG.");
            default:
                break;
        }
    }

    private static string KindOf(int marker) => marker switch
    {
        0xC3 => "lossless",
        0xC9 or 0xCA => "arithmetic",
        0xCB => "lossless arithmetic",
        >= 0xC5 and <= 0xC7 => "hierarchical (differential)",
        _ => "hierarchical arithmetic",
    };

    /// <summary>Finds the next marker, skipping what stands before it; −1 at the file's end.</summary>
    private static int NextMarker(ByteSource file, ref long position)
    {
        while (file.Look(position, 2) is { IsEmpty: false } seen)
        {
            int found = seen.IndexOf((byte)0xFF);
            position += found < 0 ? seen.Length : found;
            seen = found < 0 ? default : seen[found..];
            if (seen.Length < 2 && found != 0)
                continue;
            if (seen.Length < 2)
                break;
            if (seen[1] == 0xFF)
            {
                // Fill bytes; the last of them may begin the marker.
                int fill = seen.IndexOfAnyExcept((byte)0xFF);
                position += (fill < 0 ? seen.Length : fill) - 1;
                continue;
            }
            position += 2;
            if (seen[1] != 0)
                return seen[1];
        }
        position = file.Length;
        return -1;
    }

    private static bool TryReadSegment(ByteSource file, int marker, scoped ref long position, out ReadOnlySpan<byte> data)
    {
        data = file.Look(position, 2);
        if (data.Length < 2)
            return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(data);
        // Comments and application segments that forget to count their own length hold nothing.
        if (length < 2 && (marker is 0xFE or (>= 0xE0 and <= 0xEF)))
        {
            data = default;
            position += 2;
            return true;
        }
        if (length < 2)
            throw new ImageFormatException($"JPEG: a segment at byte {position} declares {length} bytes, at least 2 are its own length; the file is damaged.");
        data = file.Look(position, length);
        if (data.Length < length)
            return false;
        data = data[2..length];
        position += length;
        return true;
    }

    private void ReadFrame(ReadOnlySpan<byte> data, long fileLength)
    {
        if (componentCount != 0)
            throw new ImageFormatException("JPEG: a second frame header; the file is damaged, or hierarchical, which is not supported.");
        if (data.Length < 6)
            throw Short("frame header", data.Length, 6);
        if (data[0] != 8)
            throw new ImageFormatException($"JPEG: {data[0]} bits per sample are not supported, only 8; save the picture as an 8-bit JPEG or PNG.");
        height = BinaryPrimitives.ReadUInt16BigEndian(data[1..]);
        width = BinaryPrimitives.ReadUInt16BigEndian(data[3..]);
        int count = data[5];
        if (height == 0 && width > 0)
            throw new ImageFormatException("JPEG: the height is to be given behind the first scan (DNL), which is not supported; save the picture anew as an ordinary JPEG.");
        ImageLimits.Check("JPEG", width, height, options);
        if (count is not (1 or 3 or 4))
            throw new ImageFormatException($"JPEG: {count} color components are not supported, only 1 (gray), 3 and 4; save the picture as RGB.");
        if (data.Length < 6 + 3 * count)
            throw Short("frame header", data.Length, 6 + 3 * count);
        (largestAcross, largestDown) = (1, 1);
        for (int i = 0; i < count; i++)
            ReadComponent(components[i], data.Slice(6 + 3 * i, 3));
        if (count == 1)
            (components[0].Across, components[0].Down, largestAcross, largestDown) = (1, 1, 1, 1);
        componentCount = count;
        LayOut(fileLength);
    }

    private void ReadComponent(JpegComponent component, ReadOnlySpan<byte> data)
    {
        (component.Id, component.Across, component.Down, component.QuantTable) = (data[0], data[1] >> 4, data[1] & 15, data[2]);
        if (component.Across is < 1 or > 4 || component.Down is < 1 or > 4)
            throw new ImageFormatException($"JPEG: a sampling factor of {component.Across}x{component.Down}, both must be 1 to 4; the file is damaged.");
        if (component.QuantTable > 3)
            throw new ImageFormatException($"JPEG: a component names quantization table {component.QuantTable}, only 0 to 3 exist; the file is damaged.");
        largestAcross = Math.Max(largestAcross, component.Across);
        largestDown = Math.Max(largestDown, component.Down);
    }

    /// <summary>Works out every size, and whether the file's length makes them believable.</summary>
    private void LayOut(long fileLength)
    {
        mcusAcross = DivideUp(width, 8 * largestAcross);
        mcusDown = DivideUp(height, 8 * largestDown);
        long blocks = 0;
        for (int i = 0; i < componentCount; i++)
        {
            JpegComponent component = components[i];
            component.BlocksAcross = DivideUp(width * component.Across, 8 * largestAcross);
            component.BlocksDown = DivideUp(height * component.Down, 8 * largestDown);
            component.StoredAcross = mcusAcross * component.Across;
            Array.Fill(component.LowestBit, -1);
            blocks += (long)component.BlocksAcross * component.BlocksDown;
        }
        allBlocks = blocks;
        // A block takes a bit at the very least. A truncated file may have lost most of them, but not nearly all.
        long believable = options.Strict ? 8 * fileLength : 1024 + 64 * fileLength;
        if (blocks > believable)
            throw new ImageFormatException($"JPEG: {width}x{height} pixels cannot be held in {fileLength} bytes; the file is truncated or damaged.");
    }

    /// <summary>Works out the sizes of the decoded picture, once everything that stands before the scans is read.</summary>
    private void ScaleAll()
    {
        scale = options.ScaleFor(width, height, turned: Turn >= 5);
        (outWidth, outHeight) = (DivideUp(width, scale), DivideUp(height, scale));
        foreach (JpegComponent component in components.AsSpan(0, componentCount))
            Scale(component);
    }

    /// <summary>Chooses the size of the component's transform. A subsampled component is transformed at a larger size than the others where that
    /// saves the upsampling.</summary>
    private void Scale(JpegComponent component)
    {
        int least = 8 / scale;
        int size = least;
        while (size < 8 && largestAcross * least % (component.Across * size * 2) == 0 && largestDown * least % (component.Down * size * 2) == 0)
            size *= 2;
        component.Size = size;
        (component.OutAcross, component.OutDown) = (component.Across * size / least, component.Down * size / least);
        component.Width = DivideUp(width * component.Across * size, largestAcross * 8);
        component.Height = DivideUp(height * component.Down * size, largestDown * 8);
        component.Stride = component.StoredAcross * size;
    }

    /// <summary>Rents two rows of units of the component's samples, and one of its coefficients where these come bit by bit.</summary>
    private void Rent(JpegComponent component)
    {
        int plane = 2 * component.Down * component.Size * component.Stride;
        component.Plane = ArrayPool<byte>.Shared.Rent(plane);
        // Gray, where the file never gives it.
        if (component.LowestBit[0] < 0)
            component.Plane.AsSpan(0, plane).Fill(128);
        if (!progressive)
            return;
        component.CoefficientCount = component.Size == 1 && !thorough ? 1 : 64;
        int blocks = component.StoredAcross * component.Down;
        component.Coefficients = ArrayPool<short>.Shared.Rent(component.CoefficientCount * blocks);
        component.Present = ArrayPool<ulong>.Shared.Rent(blocks);
    }

    private void ReadHuffmanTables(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (data.Length < 17)
                throw Short("Huffman table", data.Length, 17);
            (int kind, int slot) = (data[0] >> 4, data[0] & 15);
            int total = 0;
            foreach (byte count in data.Slice(1, 16))
                total += count;
            if (kind > 1 || slot > 3 || total > 256)
                throw new ImageFormatException($"JPEG: a Huffman table of class {kind}, number {slot}, with {total} codes; at most 1, 3 and 256 exist; the file is damaged.");
            if (data.Length < 17 + total)
                throw Short("Huffman table", data.Length, 17 + total);
            ref JpegHuffmanTable table = ref (kind == 0 ? dcTables : acTables)[slot];
            if (table.InUse)
                table = SpareTable();
            table.Define(data.Slice(1, 16), data.Slice(17, total), isDc: kind == 0);
            data = data[(17 + total)..];
        }
    }

    /// <summary>A table that is not defined and that no scan reads with.</summary>
    private JpegHuffmanTable SpareTable()
    {
        if (tablesTaken == tables.Count)
            tables.Add(new());
        JpegHuffmanTable table = tables[tablesTaken++];
        (table.Defined, table.InUse) = (false, false);
        return table;
    }

    private void ReadFactors(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            (int precision, int slot) = (data[0] >> 4, data[0] & 15);
            if (precision > 1 || slot > 3)
                throw new ImageFormatException($"JPEG: a quantization table of precision {precision}, number {slot}; at most 1 and 3 exist; the file is damaged.");
            int length = 64 * (precision + 1);
            if (data.Length < 1 + length)
                throw Short("quantization table", data.Length, 1 + length);
            for (int k = 0; k < 64; k++)
                factors[slot][JpegZigZag.Order[k]] = precision == 0 ? data[1 + k] : BinaryPrimitives.ReadInt16BigEndian(data[(1 + 2 * k)..]);
            factorsDefined[slot] = true;
            data = data[(1 + length)..];
        }
    }

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    private static ImageFormatException Short(string what, int length, int needed) =>
        new($"JPEG: a {what} of {length} bytes, {needed} are needed; the file is damaged.");

    private static ImageFormatException CutShort(ByteSource file, bool early) =>
        new($"JPEG: the file ends after {file.Length} bytes, before its first scan; it is {(early ? "truncated" : "damaged")}, copy it again.");
}
