namespace ImageSig.Cli.Json;

/// <summary>What <c>evaluate --json</c> prints of a model of attributes.</summary>
internal static class AttributesJson
{
    public static JsonMembers Of(Evaluation evaluation)
    {
        IReadOnlyList<AttributeFigures> attributes = evaluation.Attributes!;
        return new(
            // Means over the attributes: of the share right, of the mean of the shares of yes and of no that are right, of F1 of yes, of the share of the more frequent answer.
            ("accuracy", AttributeFigures.Mean(attributes, attribute => attribute.Confusion.Accuracy)),
            ("balancedAccuracy", AttributeFigures.Mean(attributes, attribute => attribute.Confusion.BalancedAccuracy)),
            ("f1", AttributeFigures.Mean(attributes, attribute => attribute.F1)),
            ("majorityRate", AttributeFigures.Mean(attributes, attribute => attribute.Confusion.MajorityRate)),
            ("count", evaluation.Count),
            ("attributes", attributes.Select(Of)),
            ("unreadable", UnreadableJson.Of(evaluation.Unreadable)));
    }

    /// <summary>The figures of one attribute: on images whose answer is known, and how many of them have it.</summary>
    private static JsonMembers Of(AttributeFigures attribute) => new(
        ("name", attribute.Name), ("accuracy", attribute.Confusion.Accuracy), ("balancedAccuracy", attribute.Confusion.BalancedAccuracy), ("f1", attribute.F1),
        ("known", attribute.Confusion.Count), ("support", attribute.Support));
}
