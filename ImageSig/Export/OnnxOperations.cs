using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Export;

/// <summary>Operations on values whose shapes are known: the words that layers are spelled in.</summary>
internal static class OnnxOperations
{
    extension(OnnxGraph graph)
    {
        /// <summary>The same numbers in other dimensions.</summary>
        public OnnxValue Reshape(OnnxValue x, params int[] sample)
        {
            OnnxValue last = graph.ChannelsLast(x);
            return new(graph.Node("Reshape", [last.Name, graph.List([0, .. sample.Select(length => (long)length)])]), sample);
        }

        /// <summary>The dimensions of a sample in another order.</summary>
        /// <param name="order">Of the sample's dimensions, from 0.</param>
        public OnnxValue Transpose(OnnxValue x, params int[] order) => new(
            graph.Node("Transpose", [x.Name], OnnxAttribute.Of("perm", [0, .. order.Select(axis => axis + 1L)])), [.. order.Select(axis => x.Sample[axis])]);

        /// <summary>Positions before channels, as everywhere but in ONNX's convolutions.</summary>
        public OnnxValue ChannelsLast(OnnxValue x) => x.IsChannelsFirst
            ? x with { Name = graph.Node("Transpose", [x.Name], OnnxAttribute.Of("perm", [0, .. Sequences.Range(2, x.Sample.Length - 1), 1])), IsChannelsFirst = false }
            : x;

        /// <summary>Channels before positions.</summary>
        public OnnxValue ChannelsFirst(OnnxValue x) => x.IsChannelsFirst
            ? x
            : x with { Name = graph.Node("Transpose", [x.Name], OnnxAttribute.Of("perm", [0, x.Sample.Length, .. Sequences.Range(1, x.Sample.Length - 1)])), IsChannelsFirst = true };

        /// <summary>An operation of two numbers on every number of both; <paramref name="other"/> may be a constant with fewer dimensions.</summary>
        public OnnxValue Pairwise(string operation, OnnxValue x, string other)
        {
            OnnxValue last = graph.ChannelsLast(x);
            return last with { Name = graph.Node(operation, [last.Name, other]) };
        }

        /// <summary>An operation on every number.</summary>
        public OnnxValue Each(string operation, OnnxValue x) => x with { Name = graph.Node(operation, [x.Name]) };

        /// <summary>The sum over a dimension of the sample, which is then gone.</summary>
        public OnnxValue Sum(OnnxValue x, int axis) =>
            new(graph.Node("ReduceSum", [x.Name, graph.List(axis + 1)], OnnxAttribute.Of("keepdims", 0)), Without(x, axis));

        /// <summary>The mean, maximum or minimum over a dimension of the sample, which is then gone.</summary>
        public OnnxValue Reduce(string operation, OnnxValue x, int axis) =>
            new(graph.Node(operation, [x.Name], OnnxAttribute.Of("axes", [axis + 1L]), OnnxAttribute.Of("keepdims", 0)), Without(x, axis));

        /// <summary>Values one behind the other along a dimension of the sample.</summary>
        public OnnxValue Concat(IReadOnlyList<OnnxValue> parts, int axis)
        {
            if (parts.Count == 1)
                return parts[0];
            int[] sample = [.. parts[0].Sample];
            sample[axis] = parts.Sum(part => part.Sample[axis]);
            return new(graph.Node("Concat", [.. parts.Select(part => part.Name)], OnnxAttribute.Of("axis", axis + 1)), sample);
        }

        /// <summary>A part of a dimension of the sample.</summary>
        public OnnxValue Slice(OnnxValue x, int axis, int start, int length)
        {
            int[] sample = [.. x.Sample];
            sample[axis] = length;
            return new(graph.Node("Slice", [x.Name, graph.List(start), graph.List(start + length), graph.List(axis + 1)]), sample);
        }

        /// <summary>What a layer does to each number at its end.</summary>
        public OnnxValue Activate(OnnxValue x, Activation activation) => activation switch
        {
            Activation.None => x,
            Activation.Relu => graph.Each("Relu", x),
            Activation.Sigmoid => graph.Each("Sigmoid", x),
            Activation.Tanh => graph.Each("Tanh", x),
            Activation.Relu6 => x with { Name = graph.Node("Clip", [x.Name, graph.Scalar(0), graph.Scalar(6)]) },
            Activation.Gelu => graph.Gelu(x),
            _ => throw new SettingException($"the activation {activation} has no form in ONNX."),
        };

        /// <summary><c>x · ½ (1 + erf(x / √2))</c>; opset 17 has no such operation.</summary>
        private OnnxValue Gelu(OnnxValue x)
        {
            OnnxValue error = graph.Each("Erf", x with { Name = graph.Node("Mul", [x.Name, graph.Scalar(float.Sqrt(0.5f))]) });
            OnnxValue share = x with { Name = graph.Node("Mul", [graph.Node("Add", [error.Name, graph.Scalar(1)]), graph.Scalar(0.5f)]) };
            return x with { Name = graph.Node("Mul", [x.Name, share.Name]) };
        }
    }

    private static int[] Without(OnnxValue x, int axis) => [.. x.Sample[..axis], .. x.Sample[(axis + 1)..]];
}
