using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Import;

/// <summary>Weights that were trained elsewhere, as a model of ours.</summary>
internal static class WeightImport
{
    private const string MeanName = "preprocessing.mean", ScaleName = "preprocessing.scale";

    /// <summary>Builds the model with the weights of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="spec">The network; folded or not, as the file turns out to have it.</param>
    /// <param name="features">What it takes.</param>
    /// <param name="classes">How many outputs.</param>
    /// <param name="standardization">Used where the file has none of its own.</param>
    /// <param name="layout">Of the file; null to be found out.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFileException">It does not fit; the message names the first tensor that does not.</exception>
    /// <exception cref="SettingException">The network cannot be built.</exception>
    public static (Model Model, Standardization? Standardization) Read(
        string path, ModelSpec spec, FeatureOptions features, int classes, Standardization? standardization, WeightLayout? layout)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException(Directory.Exists(path) ? $"{path}: this is a folder; give a .safetensors file of weights." : $"{path}: no such file; give a .safetensors file of weights.", path);
        features.Check();
        try
        {
            List<SafetensorsEntry> tensors = [.. TensorsOf(path)];
            tensors.RemoveAll(tensor => AnswersMetadata.Has(tensor.Name));
            if (tensors.FirstOrDefault(tensor => !tensor.Values.All(float.IsFinite)) is { } broken)
                throw new InvalidDataException($"tensor '{broken.Name}' holds a value that is not finite.");
            if (features.Standardize)
                standardization = TakeStandardization(tensors, features.FeatureCount) ?? standardization
                    ?? throw new InvalidDataException($"the features are to be standardized, and there is no '{MeanName}' and '{ScaleName}' of {features.FeatureCount} numbers each; add them, or do not standardize.");
            Model model = Matching(spec, features, classes, tensors);
            Fill(WeightSlot.Of(model), tensors, layout);
            return (model.Folded(), features.Standardize ? standardization : null);
        }
        catch (InvalidDataException misfit)
        {
            throw new ModelFileException($"{path}: {misfit.Message}", misfit);
        }
    }

    /// <summary>The tensors of a file. Of other programs' files those of whole numbers are passed over; in our own they are weights of 8 bits.</summary>
    private static IReadOnlyList<SafetensorsEntry> TensorsOf(string path)
    {
        try
        {
            byte[] file = SafetensorsFile.BytesIn(path);
            SafetensorsFile foreign = SafetensorsFile.Read(file, SafetensorsScope.Foreign);
            return ModelFile.IsOfModel(foreign.Metadata) ? StoredTensors.Decode(SafetensorsFile.Read(file, SafetensorsScope.Small).Tensors).Tensors : foreign.Tensors;
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"{damage.Message} Give a .safetensors file of weights.", damage);
        }
    }

    private static Standardization? TakeStandardization(List<SafetensorsEntry> tensors, int features)
    {
        SafetensorsEntry? mean = tensors.Find(tensor => tensor.Name == MeanName), scale = tensors.Find(tensor => tensor.Name == ScaleName);
        if (mean?.Values.Length != features || scale?.Values.Length != features)
            return null;
        tensors.Remove(mean);
        tensors.Remove(scale);
        return new Standardization(mean.Values, scale.Values);
    }

    /// <summary>The network with batch normalizations or without, whichever has as many parameters as there are tensors, or else tensors of all their names.</summary>
    private static Model Matching(ModelSpec spec, FeatureOptions features, int classes, List<SafetensorsEntry> tensors)
    {
        Model[] possible = [.. (spec.NormalizesBatches ? (bool[])[false, true] : [false]).Select(isFolded => Model.Create(spec with { IsFolded = isFolded }, features.SampleShape, classes, seed: 0))];
        return possible.FirstOrDefault(model => model.Parameters.Count == tensors.Count)
            ?? possible.FirstOrDefault(model => ForeignTensors.NamesDecide(tensors, model.Parameters.Select(parameter => parameter.Name)))
            ?? throw new InvalidDataException(
                $"{(tensors.Count == 1 ? "there is 1 tensor" : $"there are {tensors.Count} tensors")}, the model {spec.Name} has {string.Join(" or, without batch normalizations, ", possible.Select(model => model.Parameters.Count))}: {string.Join(", ", possible[0].Parameters.Take(4).Select(parameter => parameter.Name))}, ….");
    }

    private static void Fill(IReadOnlyList<WeightSlot> slots, List<SafetensorsEntry> tensors, WeightLayout? layout)
    {
        IReadOnlyList<SafetensorsEntry> ordered = ForeignTensors.Ordered(tensors, [.. slots.Select(slot => slot.Parameter.Name)]);
        WeightLayout[] possible = layout is { } given ? [given] : [WeightLayout.Keras, WeightLayout.PyTorch];
        int[] fitting = [.. possible.Select(candidate => slots.Zip(ordered).TakeWhile(pair => pair.First.Fits(pair.Second, candidate)).Count())];
        int best = Array.IndexOf(fitting, fitting.Max());
        if (fitting[best] < slots.Count)
            throw Misfit(slots[fitting[best]], ordered[fitting[best]], possible[best]);
        if (fitting.Count(count => count == slots.Count) > 1)
            throw new InvalidDataException("all tensors fit in Keras' layout as in PyTorch's; say which layout it is.");
        foreach ((WeightSlot slot, SafetensorsEntry tensor) in slots.Zip(ordered))
            slot.Fill(tensor.Values, possible[best]);
    }

    private static InvalidDataException Misfit(WeightSlot slot, SafetensorsEntry tensor, WeightLayout layout) => new(
        $"tensor '{tensor.Name}' of shape [{string.Join(", ", tensor.Shape)}] does not fit '{slot.Parameter.Name}', which is [{string.Join(", ", slot.ShapeIn(layout))}] in {(layout == WeightLayout.Keras ? "Keras'" : "PyTorch's")} layout.");
}
