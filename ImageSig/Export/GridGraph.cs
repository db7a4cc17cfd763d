using ImageSig.Signature;

namespace ImageSig.Export;

/// <summary>The signature grid as operations of ONNX.</summary>
internal static class GridGraph
{
    extension(OnnxGraph graph)
    {
        /// <summary>Mean points and mean signatures of windows along rows and columns: see <see cref="SignatureGrid"/>.</summary>
        /// <param name="x">[H, W, C].</param>
        /// <returns>[H / L, W / L, F].</returns>
        public OnnxValue Grid(SignatureGrid grid, OnnxValue x)
        {
            OnnxValue image = graph.ChannelsLast(x);
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
