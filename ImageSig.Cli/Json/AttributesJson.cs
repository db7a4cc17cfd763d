namespace ImageSig.Cli.Json;

/// <summary>What <c>evaluate --json</c> prints of a model of attributes.</summary>
internal static class AttributesJson
{
    public static JsonMembers Of(Evaluation evaluation)
    {
        IReadOnlyList<AttributeFigures> attributes = evaluation.Attributes!;
        return new(
            // Means over the attributes: of the share right, of the mean of the shares of yes and of no that are right, of F1 of yes, of the share of the more frequent answer; null where no
            // attribute has the answers for it.
            ("accuracy", Mean(attribute => attribute.Accuracy)),
            ("balancedAccuracy", Mean(attribute => attribute.BalancedAccuracy)),
            ("f1", Mean(attribute => attribute.F1)),
            ("majorityRate", Mean(attribute => attribute.MajorityRate)),
            ("count", evaluation.Count),
            ("attributes", attributes.Select(Of)),
            ("unreadable", UnreadableJson.Of(evaluation.Unreadable)));

        double? Mean(Func<AttributeFigures, double> figure) => EvaluationJson.Figure(AttributeFigures.Mean(attributes, figure));
    }

    /// <summary>The figures of one attribute: on images whose answer is known, and how many of them have it.</summary>
    private static JsonMembers Of(AttributeFigures attribute) => new(
        ("name", attribute.Name), ("accuracy", EvaluationJson.Figure(attribute.Accuracy)), ("balancedAccuracy", EvaluationJson.Figure(attribute.BalancedAccuracy)), ("f1", EvaluationJson.Figure(attribute.F1)),
        ("known", attribute.Confusion.Count), ("support", attribute.Support));
}
