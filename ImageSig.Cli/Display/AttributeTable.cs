namespace ImageSig.Cli.Display;

/// <summary>How well a model of attributes does, as a table: each attribute, and the means of all.</summary>
internal static class AttributeTable
{
    public static void Write(TextWriter output, IReadOnlyList<AttributeFigures> attributes)
    {
        TextTable table = new("attribute", ">accuracy", ">balanced", ">F1", ">majority", ">known", ">support");
        foreach (AttributeFigures attribute in attributes)
            table.Add(
                attribute.Name, Quantity.Fraction(attribute.Confusion.Accuracy), Quantity.Fraction(attribute.Confusion.BalancedAccuracy), Quantity.Fraction(attribute.F1),
                Quantity.Fraction(attribute.Confusion.MajorityRate), Quantity.Count(attribute.Confusion.Count), Quantity.Count(attribute.Support));
        table.Add(
            "mean", Mean(attribute => attribute.Confusion.Accuracy), Mean(attribute => attribute.Confusion.BalancedAccuracy), Mean(attribute => attribute.F1),
            Mean(attribute => attribute.Confusion.MajorityRate), "", "");
        table.Write(output);

        string Mean(Func<AttributeFigures, double> figure) => Quantity.Fraction(AttributeFigures.Mean(attributes, figure));
    }
}
