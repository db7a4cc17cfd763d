namespace ImageSig.Cli.Json;

/// <summary>What <c>evaluate --json</c> prints of a model of attributes.</summary>
/// <param name="Accuracy">Mean over the attributes.</param>
/// <param name="BalancedAccuracy">Likewise, of the mean of the shares of yes and of no that are right.</param>
/// <param name="F1">Likewise, of yes.</param>
/// <param name="MajorityRate">Likewise, of the more frequent answer.</param>
/// <param name="Count">Images that were predicted.</param>
/// <param name="Attributes">In the model's order.</param>
/// <param name="Unreadable">Files that are not in any figure.</param>
internal sealed record AttributesJson(
    double Accuracy, double BalancedAccuracy, double F1, double MajorityRate, int Count, IReadOnlyList<AttributeJson> Attributes, IReadOnlyList<UnreadableImage> Unreadable)
{
    public static AttributesJson Of(Evaluation evaluation)
    {
        IReadOnlyList<AttributeFigures> attributes = evaluation.Attributes!;
        return new AttributesJson(
            AttributeFigures.Mean(attributes, attribute => attribute.Confusion.Accuracy), AttributeFigures.Mean(attributes, attribute => attribute.Confusion.BalancedAccuracy),
            AttributeFigures.Mean(attributes, attribute => attribute.F1), AttributeFigures.Mean(attributes, attribute => attribute.Confusion.MajorityRate), evaluation.Count,
            [.. attributes.Select(attribute => new AttributeJson(
                attribute.Name, attribute.Confusion.Accuracy, attribute.Confusion.BalancedAccuracy, attribute.F1, attribute.Confusion.Count, attribute.Support))],
            evaluation.Unreadable);
    }
}

/// <summary>The figures of one attribute: on images whose answer is known, and how many of them have it.</summary>
internal sealed record AttributeJson(string Name, double Accuracy, double BalancedAccuracy, double F1, int Known, int Support);
