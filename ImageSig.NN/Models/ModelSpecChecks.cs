using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>The numbers of a spec, checked before a layer is made of them.</summary>
internal static class ModelSpecChecks
{
    /// <summary>Sizes must be at least 1, and dropout rates in [0, 1).</summary>
    /// <exception cref="SettingException">A number is out of range; the message names it.</exception>
    public static void Validate(this ModelSpec spec)
    {
        (float dropout, (string Name, int Value)[] sizes) = spec switch
        {
            FcSpec fc => (fc.Dropout, [(nameof(fc.Neurons), fc.Neurons)]),
            ConvSpec conv => (conv.Dropout, [(nameof(conv.Neurons), conv.Neurons)]),
            AttentionSpec attention => (attention.Dropout, [
                (nameof(attention.Neurons), attention.Neurons), (nameof(attention.Heads), attention.Heads), (nameof(attention.KeySize), attention.KeySize),
            ]),
            CnnSpec cnn => (cnn.Dropout, []),
            VitSpec vit => (vit.Dropout, [
                (nameof(vit.Patch), vit.Patch), (nameof(vit.Features), vit.Features), (nameof(vit.Blocks), vit.Blocks), (nameof(vit.Heads), vit.Heads),
            ]),
            GridSpec grid => (grid.Dropout, [(nameof(grid.Window), grid.Window), (nameof(grid.Lift), grid.Lift), (nameof(grid.Channels), grid.Channels)]),
            _ => (0f, Array.Empty<(string, int)>()),
        };
        foreach ((string name, int value) in sizes)
            if (value < 1)
                throw new SettingException($"Model {spec.Name}: {name} is {value}; it must be at least 1.");
        DropoutRate.Validate($"Model {spec.Name}", dropout);
        if (spec is AttentionSpec { BlockDropout: float inside })
            DropoutRate.Validate($"Model {spec.Name}, blocks", inside);
    }
}
