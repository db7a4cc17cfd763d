using System.Buffers;
using System.Runtime.InteropServices;

namespace ImageSig.Imaging.Decoders;

// From the components' planes to the picture.
internal sealed partial class JpegDecoder
{
    /// <summary>Rows given to the target so far.</summary>
    private int written;

    /// <summary>Room for a row of each component, and for the sums of the filter with a neighbor on either side.</summary>
    private byte[] rowBuffer = [];

    private int RowLength => mcusAcross * largestAcross * 8;

    private void BeginRows(RowTarget rows)
    {
        rows.Begin(outWidth, outHeight, Turn);
        rowBuffer = ArrayPool<byte>.Shared.Rent(4 * RowLength + 2 * (RowLength + 16));
        written = 0;
    }

    private void WriteRows(RowTarget rows, int end)
    {
        int rowLength = RowLength;
        Span<ushort> scratch = MemoryMarshal.Cast<byte, ushort>(rowBuffer.AsSpan(4 * rowLength));
        for (; written < end; written++)
        {
            WriteRow(rows.Row(written, 0, outWidth), written, rowBuffer, rowLength, scratch);
            rows.Take(written, 0, outWidth);
        }
    }

    private void WriteRow(Span<byte> row, int y, byte[] rented, int rowLength, Span<ushort> scratch)
    {
        ReadOnlySpan<byte> first = ComponentRow(components[0], y, rented.AsSpan(0, rowLength), scratch);
        if (componentCount == 1)
        {
            JpegColor.Interleave(first, first, first, row);
            return;
        }
        ReadOnlySpan<byte> second = ComponentRow(components[1], y, rented.AsSpan(rowLength, rowLength), scratch);
        ReadOnlySpan<byte> third = ComponentRow(components[2], y, rented.AsSpan(2 * rowLength, rowLength), scratch);
        if (IsYcc())
            JpegColor.FromYcc(first, second, third, row);
        else
            JpegColor.Interleave(first, second, third, row);
        if (componentCount < 4)
            return;
        // Inks are stored inverted, 255 for none, so that they multiply like light; those coded as luma and chroma are inverted once more.
        if (IsYcc())
            JpegColor.Invert(row);
        JpegColor.Darken(row, ComponentRow(components[3], y, rented.AsSpan(3 * rowLength, rowLength), scratch));
    }

    /// <summary>Whether the first three components are luma and chroma rather than colors or inks.</summary>
    private bool IsYcc()
    {
        if (componentCount == 4)
            return adobe && adobeTransform != 0;
        if (jfif)
            return true;
        if (adobe)
            return adobeTransform != 0;
        return (components[0].Id, components[1].Id, components[2].Id) is not ('R', 'G', 'B');
    }

    private string ColorName() => componentCount switch
    {
        1 => "gray",
        3 => IsYcc() ? "YCbCr" : "RGB",
        _ => IsYcc() ? "YCCK" : "CMYK",
    };

    /// <summary>As people write it, 4:2:0, where that notation has a name for it; else each component's factors.</summary>
    private string SamplingName()
    {
        JpegComponent[] used = components[..componentCount];
        bool usual = used[0].Across == largestAcross && used[0].Down == largestDown && used[1..3].All(one => one.Across == 1 && one.Down == 1);
        return (usual, largestAcross, largestDown) switch
        {
            (true, 1, 1) => "4:4:4",
            (true, 2, 1) => "4:2:2",
            (true, 2, 2) => "4:2:0",
            (true, 1, 2) => "4:4:0",
            (true, 4, 1) => "4:1:1",
            (true, 4, 2) => "4:1:0",
            _ => string.Join(',', used.Select(one => $"{one.Across}x{one.Down}")),
        };
    }

    /// <summary>Row <paramref name="y"/> of a component at the picture's full width: in place, or filled into <paramref name="row"/>.</summary>
    private ReadOnlySpan<byte> ComponentRow(JpegComponent component, int y, Span<byte> row, Span<ushort> scratch)
    {
        (int across, int down) = (component.OutAcross, component.OutDown);
        if (largestAcross == across && largestDown == down)
            return SampleRow(component, y)[..outWidth];
        row = row[..outWidth];
        bool smooth = options.SmoothChroma && scale < 8;
        bool half = largestAcross == 2 * across;
        if (smooth && largestDown == 2 * down && (largestAcross == across || (half && component.Width > 2)))
        {
            int nearest = y >> 1;
            int neighbor = Math.Clamp((y & 1) == 0 ? nearest - 1 : nearest + 1, 0, component.Height - 1);
            if (half)
                ChromaUpsampling.SmoothBoth(SampleRow(component, nearest), SampleRow(component, neighbor), row, scratch);
            else
                ChromaUpsampling.SmoothDown(SampleRow(component, nearest)[..outWidth], SampleRow(component, neighbor), row, 1 + (y & 1));
            return row;
        }
        ReadOnlySpan<byte> samples = SampleRow(component, y * down / largestDown);
        if (smooth && half && largestDown == down && component.Width > 2)
            ChromaUpsampling.SmoothAcross(samples, row, scratch);
        else if (largestAcross % across == 0)
            ChromaUpsampling.Repeat(samples, row, largestAcross / across);
        else
            Nearest(samples, row, across, largestAcross);
        return row;
    }

    private static ReadOnlySpan<byte> SampleRow(JpegComponent component, int y)
    {
        (int row, int inside) = (y / component.Size, y % component.Size);
        return component.Plane.AsSpan((component.RowInPlane(row) * component.Size + inside) * component.Stride, component.Width);
    }

    /// <summary>Ratios that are no whole number: the sample that lies under each pixel.</summary>
    private static void Nearest(ReadOnlySpan<byte> samples, Span<byte> row, int across, int largest)
    {
        for (int x = 0; x < row.Length; x++)
            row[x] = samples[x * across / largest];
    }
}
