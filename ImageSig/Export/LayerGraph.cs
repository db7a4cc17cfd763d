using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Export;

/// <summary>Layers of networks as operations of ONNX.</summary>
internal static class LayerGraph
{
    extension(OnnxGraph graph)
    {
        /// <summary>What a layer makes of a batch.</summary>
        /// <exception cref="SettingException">A kind of layer that has no form in ONNX here.</exception>
        public OnnxValue Layer(Layer layer, OnnxValue x) => layer switch
        {
            Dropout => x,
            Flatten => graph.Reshape(x, x.Count),
            Positions => graph.Reshape(x, x.Sample[0] * x.Sample[1], x.Last),
            Dense dense => graph.Dense(dense, x),
            Conv1D convolution => graph.Convolution(convolution, x),
            Conv2D convolution => graph.Convolution(convolution, x),
            MaxPool1D pool => graph.MaxPool(x, pool.Size, dimensions: 1),
            MaxPool2D pool => graph.MaxPool(x, pool.Size, dimensions: 2),
            BatchNorm norm => graph.Normalize(norm, x),
            LayerNorm norm => graph.Normalize(norm, x),
            FeatureScaling scaling => graph.Pairwise(
                "Add", graph.Pairwise("Mul", x, graph.Weight(scaling.Scale, scaling.Shift.Count)), graph.Weight(scaling.Shift)),
            PositionEmbedding positions => graph.Pairwise("Add", x, graph.Weight(positions.Embedding)),
            MeanOverPositions => graph.Reduce("ReduceMean", x, 0),
            MeanAndMax pooling => graph.MeanAndMaximum(pooling, x),
            AttentionPooling pooling => graph.Pool(pooling, x),
            MultiHeadAttention attention => graph.Attention(attention, x),
            Residual residual => graph.Pairwise("Add", x, graph.Layer(residual.Inner, x).Name),
            Sequential sequential => sequential.Layers.Aggregate(x, (value, next) => graph.Layer(next, value)),
            TransformerBlock block => graph.Layer(block.Mlp, graph.Layer(block.Attention, x)),
            SignatureGridLayer signatures => graph.Grid(signatures, x),
            SignedRootsLayer roots => graph.Roots(graph.ChannelsLast(x), roots.Roots),
            BackboneLayer backbone => graph.Backbone(backbone, x),
            _ => throw new SettingException($"the layer {layer.Name} ({layer.Kind}) has no form in ONNX; only networks of the kinds that are built in are exported."),
        };

        /// <summary>The numbers of a parameter, in the dimensions that it has or in others.</summary>
        public string Weight(Parameter parameter, params ReadOnlySpan<int> shape) =>
            graph.Constant(parameter.Name, parameter.Value.Span, shape.Length > 0 ? shape : parameter.Shape.ToArray());

        private OnnxValue Dense(Dense layer, OnnxValue x)
        {
            OnnxValue last = graph.ChannelsLast(x);
            OnnxValue product = new(graph.Node("MatMul", [last.Name, graph.Weight(layer.Weight)]), [.. x.Sample[..^1], layer.Bias.Count]);
            return graph.Activate(graph.Pairwise("Add", product, graph.Weight(layer.Bias)), layer.Activation);
        }

        private OnnxValue Normalize(BatchNorm layer, OnnxValue x)
        {
            float[] factor = new float[layer.Scale.Count], offset = new float[layer.Scale.Count];
            (double[] factors, double[] offsets) = BatchNormFolding.Line(layer);
            for (int i = 0; i < factor.Length; i++)
                (factor[i], offset[i]) = ((float)factors[i], (float)offsets[i]);
            OnnxValue scaled = graph.Pairwise("Mul", x, graph.Constant($"{layer.Name}.factor", factor, factor.Length));
            return graph.Activate(graph.Pairwise("Add", scaled, graph.Constant($"{layer.Name}.offset", offset, offset.Length)), layer.Activation);
        }

        private OnnxValue Normalize(LayerNorm layer, OnnxValue x)
        {
            const float epsilon = 1e-5f;
            OnnxValue last = graph.ChannelsLast(x);
            string[] inputs = [last.Name, graph.Weight(layer.Scale), graph.Weight(layer.Shift)];
            return last with { Name = graph.Node("LayerNormalization", inputs, OnnxAttribute.Of("axis", -1), OnnxAttribute.Of("epsilon", epsilon)) };
        }

        private OnnxValue MeanAndMaximum(MeanAndMax layer, OnnxValue x)
        {
            OnnxValue places = graph.Reshape(x, x.Sample[0] * x.Sample[1], x.Last);
            OnnxValue weighed = layer.PlaceWeights is { } weights ? graph.Pairwise("Mul", places, OfPlaces(weights)) : places;
            return graph.Concat([graph.Reduce("ReduceMean", weighed, 0), graph.Reduce("ReduceMax", places, 0)], 0);

            string OfPlaces(Parameter weights) => graph.Node(
                "Gather", [graph.Weight(weights, weights.Count / x.Last, x.Last), graph.List([.. layer.RowOfPlace.Select(row => (long)row)])], OnnxAttribute.Of("axis", 0));
        }

        private OnnxValue Pool(AttentionPooling layer, OnnxValue x)
        {
            OnnxValue last = graph.ChannelsLast(x);
            OnnxValue scores = graph.Dense(layer.Score, last);
            OnnxValue chances = scores with { Name = graph.Node("Softmax", [scores.Name], OnnxAttribute.Of("axis", 1)) };
            return graph.Sum(graph.Pairwise("Mul", last, chances.Name), 0);
        }

        private OnnxValue Attention(MultiHeadAttention layer, OnnxValue x)
        {
            int heads = layer.Options.Heads, size = layer.Queries.Bias.Count / heads, steps = x.Sample[0];
            OnnxValue queries = Heads(layer.Queries, 1, 0, 2), keys = Heads(layer.Keys, 1, 2, 0), values = Heads(layer.Values, 1, 0, 2);
            OnnxValue scores = new(graph.Node("MatMul", [queries.Name, keys.Name]), heads, steps, steps);
            OnnxValue scaled = graph.Pairwise("Mul", scores, graph.Scalar(1 / float.Sqrt(size)));
            if (layer.Options.IsCausal)
                scaled = graph.Pairwise("Add", scaled, graph.Constant("causal", Causal(steps), steps, steps));
            string chances = graph.Node("Softmax", [scaled.Name], OnnxAttribute.Of("axis", -1));
            OnnxValue mixed = graph.Transpose(new OnnxValue(graph.Node("MatMul", [chances, values.Name]), heads, steps, size), 1, 0, 2);
            return graph.Dense(layer.Output, graph.Reshape(mixed, steps, heads * size));

            OnnxValue Heads(Dense projection, params int[] order) => graph.Transpose(graph.Reshape(graph.Dense(projection, x), steps, heads, size), order);
        }
    }

    /// <summary>[T, T]: what is added to the score of a step for a later one takes it away.</summary>
    private static float[] Causal(int steps)
    {
        float[] mask = new float[steps * steps];
        for (int step = 0; step < steps; step++)
            mask.AsSpan(step * steps, steps)[(step + 1)..].Fill(float.NegativeInfinity);
        return mask;
    }
}
