namespace ImageSig.Export;

/// <summary>The distance to what a model was trained on, as operations of ONNX.</summary>
internal static class FamiliarityGraph
{
    extension(OnnxGraph graph)
    {
        /// <summary>Adds the output <see cref="OnnxExport.Distance"/>, in units of the limit: see <see cref="Familiarity"/>.</summary>
        /// <param name="features">[F], of the last feature layer.</param>
        public void Measure(Familiarity familiarity, OnnxValue features)
        {
            const float least = 1e-30f;
            int length = features.Last, classes = familiarity.Means.Length / length, directions = familiarity.Directions.Length / length;
            string squares = graph.Node("ReduceSum", [graph.Pairwise("Mul", features, features.Name).Name, graph.List(1)], OnnxAttribute.Of("keepdims", 1));
            string norm = graph.Node("Max", [graph.Node("Sqrt", [squares]), graph.Scalar(least)]);
            OnnxValue unit = graph.Pairwise("Mul", graph.Pairwise("Div", features, norm), graph.Constant("answers.scale", familiarity.Scale, length));
            OnnxValue differences = new(
                graph.Node("Sub", [graph.Reshape(unit, 1, length).Name, graph.Constant("answers.means", familiarity.Means, classes, length)]), classes, length);
            OnnxValue distances = graph.Sum(graph.Pairwise("Mul", differences, differences.Name), 1);
            if (directions > 0)
            {
                float[] turned = new float[familiarity.Directions.Length];
                for (int row = 0; row < directions; row++)
                    for (int i = 0; i < length; i++)
                        turned[i * directions + row] = familiarity.Directions[row * length + i];
                OnnxValue along = new(graph.Node("MatMul", [differences.Name, graph.Constant("answers.directions", turned, length, directions)]), classes, directions);
                distances = graph.Pairwise("Sub", distances, graph.Sum(graph.Pairwise("Mul", along, along.Name), 1).Name);
            }
            OnnxValue nearest = graph.Reduce("ReduceMin", distances, 0);
            graph.Nodes("Div", [nearest.Name, graph.Scalar((float)familiarity.Limit)], [OnnxExport.Distance]);
            graph.Output(OnnxExport.Distance, OnnxType.Float, "Above 1 the picture is unlike all classes.");
        }
    }
}
