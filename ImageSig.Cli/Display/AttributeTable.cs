namespace ImageSig.Cli.Display;

/// <summary>How well a model of attributes does, as a table: each attribute, and the means of all.</summary>
internal static class AttributeTable
{
    public static void Write(TextWriter output, IReadOnlyList<AttributeFigures> attributes)
    {
        TextTable table = new("attribute", ">accuracy", ">balanced", ">F1", ">majority", ">known", ">support");
        foreach (AttributeFigures attribute in attributes)
            table.Add(
                attribute.Name, Quantity.Fraction(attribute.Accuracy), Quantity.Fraction(attribute.BalancedAccuracy), Quantity.Fraction(attribute.F1),
                Quantity.Fraction(attribute.MajorityRate), Quantity.Count(attribute.Confusion.Count), Quantity.Count(attribute.Support));
        table.Add(
            "mean", Mean(attribute => attribute.Accuracy), Mean(attribute => attribute.BalancedAccuracy), Mean(attribute => attribute.F1),
            Mean(attribute => attribute.MajorityRate), "", "");
        table.Write(output);

        string Mean(Func<AttributeFigures, double> figure) => Quantity.Fraction(AttributeFigures.Mean(attributes, figure));
    }
}
