using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Export;

/// <summary>Convolutions, poolings and networks of them as operations of ONNX, whose convolutions have channels first.</summary>
internal static class ConvolutionGraph
{
    extension(OnnxGraph graph)
    {
        /// <summary>A convolution along steps, [T, C].</summary>
        public OnnxValue Convolution(Conv1D layer, OnnxValue x)
        {
            (int kernel, int channels, int outputs) = (layer.Weight.Shape[0], layer.Weight.Shape[1], layer.Weight.Shape[2]);
            float[] weight = Turned(layer.Weight.Value.Span, kernel, channels, outputs);
            OnnxValue first = graph.ChannelsFirst(x);
            string[] inputs = [first.Name, graph.Constant(layer.Weight.Name, weight, outputs, channels, kernel), graph.Weight(layer.Bias)];
            OnnxValue result = new(
                graph.Node(
                    "Conv", inputs, OnnxAttribute.Of("kernel_shape", [kernel]), OnnxAttribute.Of("strides", [layer.Options.Stride]),
                    OnnxAttribute.Of("dilations", [layer.Options.Dilation]), OnnxAttribute.Of("pads", layer.Options.PaddingBefore, layer.Options.PaddingAfter)),
                layer.Options.OutputLength(x.Sample[0], kernel), outputs) { IsChannelsFirst = true };
            return graph.Activate(result, layer.Activation);
        }

        /// <summary>A convolution over pixels, [H, W, C].</summary>
        public OnnxValue Convolution(Conv2D layer, OnnxValue x) => graph.Convolution(x, layer.Weight, layer.Bias, layer.Options, layer.Activation);

        /// <summary>The maximum of every <paramref name="size"/> steps, [T, C], or of so many in both dimensions of pixels, [H, W, C].</summary>
        public OnnxValue MaxPool(OnnxValue x, int size, int dimensions)
        {
            OnnxValue first = graph.ChannelsFirst(x);
            long[] sizes = new long[dimensions];
            Array.Fill(sizes, size);
            string name = graph.Node("MaxPool", [first.Name], OnnxAttribute.Of("kernel_shape", sizes), OnnxAttribute.Of("strides", sizes));
            return new(name, [.. x.Sample[..dimensions].Select(length => length / size), x.Last]) { IsChannelsFirst = true };
        }

        /// <summary>A pretrained network and the means of its results at several depths.</summary>
        public OnnxValue Backbone(BackboneLayer layer, OnnxValue x)
        {
            const float white = 255;
            BackboneList list = layer.List;
            OnnxValue scaled = graph.Pairwise("Mul", x, graph.Constant("backbone.scale", [.. list.Scale.Select(scale => white * scale)], 3));
            OnnxValue image = graph.ChannelsFirst(graph.Pairwise("Add", scaled, graph.Constant("backbone.shift", [.. list.Shift], 3)));
            OnnxValue[] results = new OnnxValue[list.Steps.Count];
            for (int i = 0; i < results.Length; i++)
            {
                BackboneStep step = list.Steps[i];
                OnnxValue source = step.From[0] < 0 ? image : results[step.From[0]];
                (Parameter weight, Parameter bias) = layer.ParametersOf(i);
                results[i] = step.Operation == BackboneOperation.Sum
                    ? graph.Activate(source with { Name = graph.Node("Add", [source.Name, results[step.From[1]].Name]) }, step.Activation)
                    : graph.Convolution(source, weight, bias, step.Options, step.Activation);
            }
            return graph.Concat([.. layer.Taps.Select(tap => graph.Mean(results[tap]))], 0);
        }

        /// <param name="x">[H, W, C].</param>
        /// <param name="weight">[Ky, Kx, C, outputs]; of each channel by itself, [Ky, Kx, C].</param>
        /// <param name="bias">[outputs], or null.</param>
        /// <param name="options">Stride and padding.</param>
        /// <param name="activation">On top.</param>
        private OnnxValue Convolution(OnnxValue x, Parameter weight, Parameter? bias, Convolution2DOptions options, Activation activation)
        {
            bool isDepthwise = weight.Shape.Rank == 3;
            int rows = weight.Shape[0], columns = weight.Shape[1], outputs = weight.Shape.Last, inputs = isDepthwise ? 1 : weight.Shape[2];
            float[] turned = Turned(weight.Value.Span, rows * columns, inputs, outputs);
            int height = options.OutputLength(x.Sample[0], rows), width = options.OutputLength(x.Sample[1], columns);
            int top = options.PaddingBefore(x.Sample[0], rows), left = options.PaddingBefore(x.Sample[1], columns);
            OnnxValue first = graph.ChannelsFirst(x);
            List<string> sources = [first.Name, graph.Constant(weight.Name, turned, outputs, inputs, rows, columns)];
            if (bias is not null)
                sources.Add(graph.Weight(bias));
            OnnxValue result = new(
                graph.Node(
                    "Conv", sources, OnnxAttribute.Of("kernel_shape", rows, columns), OnnxAttribute.Of("strides", options.Stride, options.Stride),
                    OnnxAttribute.Of("group", isDepthwise ? outputs : 1),
                    OnnxAttribute.Of("pads", top, left, Behind(height, rows, top, x.Sample[0], options.Stride), Behind(width, columns, left, x.Sample[1], options.Stride))),
                height, width, outputs) { IsChannelsFirst = true };
            return graph.Activate(result, activation);
        }

        private OnnxValue Mean(OnnxValue image) =>
            new(graph.Node("ReduceMean", [image.Name], OnnxAttribute.Of("axes", 2, 3), OnnxAttribute.Of("keepdims", 0)), image.Last);
    }

    /// <summary>Zeros behind the last pixel that the last output reads.</summary>
    private static int Behind(int outputs, int kernel, int before, int length, int stride) => Math.Max(0, (outputs - 1) * stride + kernel - before - length);

    /// <summary>[positions, inputs, outputs] as [outputs, inputs, positions].</summary>
    private static float[] Turned(ReadOnlySpan<float> weight, int positions, int inputs, int outputs)
    {
        float[] turned = new float[weight.Length];
        for (int position = 0; position < positions; position++)
            for (int input = 0; input < inputs; input++)
                for (int output = 0; output < outputs; output++)
                    turned[(output * inputs + input) * positions + position] = weight[(position * inputs + input) * outputs + output];
        return turned;
    }
}
