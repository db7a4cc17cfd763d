using ImageSig.NN;

namespace ImageSig.Cli.Display;

/// <summary>What is inside a model file.</summary>
internal static class ModelTable
{
    public static void Write(TextWriter output, string path, ImageClassifier classifier)
    {
        Model model = classifier.Model;
        output.WriteLine($"{path}: {model.Spec.Name}, {Quantity.Count(model.ParameterCount)} parameters, {Quantity.Size(new FileInfo(path).Length)}");
        output.WriteLine();
        TextTable layers = new("layer", "kind", ">output", ">parameters", ">multiply-adds");
        layers.Add("input", RecipeNames.Of(classifier.Features.Input), model.Input.ToString(), "", "");
        foreach (LayerSummary layer in model.Layers)
            layers.Add(layer.Name, layer.Kind, layer.OutputShape.ToString(), Quantity.Count(layer.ParameterCount), Quantity.Count(layer.MultiplyAdds));
        long stored = model.Layers.Sum(layer => layer.ParameterCount);
        layers.Add("total", "", "", Quantity.Count(stored), Quantity.Count(model.MultiplyAdds));
        layers.Write(output);
        if (model.Spec.IsFolded)
            output.WriteLine($"{Quantity.Count(model.ParameterCount)} parameters were trained; the batch normalizations are folded into the convolutions.");
        output.WriteLine();
        TextTable facts = new("", "");
        foreach ((string name, string text) in ModelFacts.Of(classifier))
            facts.Add(name, text);
        facts.Write(output);
    }
}
