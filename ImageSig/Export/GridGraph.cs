using ImageSig.NN;
using ImageSig.Signature;

namespace ImageSig.Export;

/// <summary>The signature grid as operations of ONNX.</summary>
internal static class GridGraph
{
    extension(OnnxGraph graph)
    {
        /// <summary>The cells of a grid, and of a second one that overlaps it where there is one.</summary>
        /// <param name="x">[H, W, C].</param>
        public OnnxValue Grid(SignatureGridLayer layer, OnnxValue x)
        {
            OnnxValue image = graph.ChannelsLast(x), cells = graph.Grid(layer.Grid, image);
            return layer.Shift == 0
                ? cells
                : graph.Concat([cells, graph.Grid(layer.Grid, graph.Shifted(graph.Shifted(image, 0, layer.Shift), 1, layer.Shift))], 2);
        }

        /// <summary>An image from <paramref name="start"/> on along an axis, its end repeated for what is missing.</summary>
        private OnnxValue Shifted(OnnxValue image, int axis, int start)
        {
            int length = image.Sample[axis];
            OnnxValue end = graph.Slice(image, axis, length - 1, 1);
            return graph.Concat([graph.Slice(image, axis, start, length - start), .. Sequences.Repeat(end, start)], axis);
        }

        /// <summary>Mean points and mean signatures of windows along rows and columns: see <see cref="SignatureGrid"/>.</summary>
        /// <param name="image">[H, W, C].</param>
        /// <returns>[H / L, W / L, F].</returns>
        private OnnxValue Grid(SignatureGrid grid, OnnxValue image)
        {
            OnnxValue rows = graph.Windows(grid, image), columns = graph.Transpose(graph.Windows(grid, graph.Transpose(image, 1, 0, 2)), 1, 0, 2);
            return graph.Concat([rows, columns], 2);
        }

        /// <summary>The same along rows alone.</summary>
        private OnnxValue Windows(SignatureGrid grid, OnnxValue image)
        {
            (int height, int width, int channels, int window) = (image.Sample[0], image.Sample[1], image.Last, grid.Window);
            int across = width / window, down = height / window;
            // A window's last point is the first of the next; at the edge the last point of all, once more.
            OnnxValue points = graph.Reshape(image, height * across, window, channels);
            OnnxValue firsts = graph.Strided(image, window, window), edge = graph.Slice(image, 1, width - 1, 1);
            OnnxValue ends = graph.Reshape(graph.Concat([firsts, edge], 1), height * across, 1, channels);
            OnnxValue paths = graph.Concat([points, ends], 1);
            IReadOnlyList<OnnxValue> parts = [graph.Reduce("ReduceMean", paths, 1), .. graph.Signatures(paths, grid.Layout.Depth)];
            OnnxValue all = graph.Concat(parts, 1);
            return graph.Reduce("ReduceMean", graph.Reshape(all, down, window, across, all.Last), 1);
        }

        /// <summary>Every few columns, from one on.</summary>
        private OnnxValue Strided(OnnxValue image, int start, int step) => new(
            graph.Node("Slice", [image.Name, graph.List(start), graph.List(image.Sample[1]), graph.List(2), graph.List(step)]),
            image.Sample[0], (image.Sample[1] - start + step - 1) / step, image.Last);
    }
}
