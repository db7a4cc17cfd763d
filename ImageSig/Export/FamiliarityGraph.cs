namespace ImageSig.Export;

/// <summary>The distance to what a model was trained on, as operations of ONNX.</summary>
internal static class FamiliarityGraph
{
    extension(OnnxGraph graph)
    {
        /// <summary>Adds the output <see cref="OnnxExport.Distance"/>, in units of the limit: see <see cref="Familiarity"/>.</summary>
        /// <param name="last">The last feature layer's result.</param>
        /// <param name="stages">Those of the model's stages, of which a familiarity without any takes none.</param>
        public void Measure(Familiarity familiarity, OnnxValue last, IReadOnlyList<OnnxValue> stages)
        {
            OnnxValue sum = graph.SquaredDistance(familiarity.Last, graph.Reshape(last, last.Count));
            foreach ((FeatureDistance distance, OnnxValue result) in familiarity.Stages.Zip(stages))
                sum = graph.Pairwise("Add", sum, graph.SquaredDistance(distance, graph.Description(result)).Name);
            graph.Nodes("Div", [sum.Name, graph.Scalar((float)familiarity.Limit)], [OnnxExport.Distance]);
            graph.Output(OnnxExport.Distance, OnnxType.Float, "Above 1 the picture is unlike all classes.");
        }

        /// <summary>[2C]: means and deviations over the positions, as <see cref="NN.FeatureStage"/> has them; [C] of one position as it is.</summary>
        private OnnxValue Description(OnnxValue result)
        {
            int channels = result.Last, positions = result.Count / channels;
            if (positions == 1)
                return graph.Reshape(result, channels);
            OnnxValue rows = graph.Reshape(result, positions, channels);
            OnnxValue means = graph.Reduce("ReduceMean", rows, 0);
            OnnxValue differences = graph.Pairwise("Sub", rows, graph.Reshape(means, 1, channels).Name);
            OnnxValue variances = graph.Reduce("ReduceMean", graph.Pairwise("Mul", differences, differences.Name), 0);
            return graph.Concat([means, graph.Each("Sqrt", variances)], 0);
        }

        /// <summary>One number, see <see cref="FeatureDistance"/>.</summary>
        private OnnxValue SquaredDistance(FeatureDistance distance, OnnxValue features)
        {
            const float least = 1e-30f;
            int length = features.Last, groups = distance.Means.Length / length, directions = distance.Directions.Length / length;
            string squares = graph.Node("ReduceSum", [graph.Pairwise("Mul", features, features.Name).Name, graph.List(1)], OnnxAttribute.Of("keepdims", 1));
            string norm = graph.Node("Max", [graph.Node("Sqrt", [squares]), graph.Scalar(least)]);
            OnnxValue unit = graph.Pairwise("Mul", graph.Pairwise("Div", features, norm), graph.Constant("answers.scale", distance.Scale, length));
            OnnxValue differences = new(
                graph.Node("Sub", [graph.Reshape(unit, 1, length).Name, graph.Constant("answers.means", distance.Means, groups, length)]), groups, length);
            OnnxValue distances = graph.Sum(graph.Pairwise("Mul", differences, differences.Name), 1);
            if (directions > 0)
            {
                float[] turned = new float[distance.Directions.Length];
                for (int row = 0; row < directions; row++)
                    for (int i = 0; i < length; i++)
                        turned[i * directions + row] = distance.Directions[row * length + i];
                OnnxValue along = new(graph.Node("MatMul", [differences.Name, graph.Constant("answers.directions", turned, length, directions)]), groups, directions);
                distances = graph.Pairwise("Sub", distances, graph.Sum(graph.Pairwise("Mul", along, along.Name), 1).Name);
            }
            return graph.Reduce("ReduceMin", distances, 0);
        }
    }
}
