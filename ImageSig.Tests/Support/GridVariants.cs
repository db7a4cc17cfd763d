using ImageSig.NN;

namespace ImageSig.Tests.Support;

/// <summary>Forms of <c>grid</c> that have other layers than the default.</summary>
internal static class GridVariants
{
    public const string WeightedPlaces = "grid of weighted places", ThreeConvolutions = "grid of three convolutions";

    /// <summary>One of these forms, or the default of a kind.</summary>
    public static ModelSpec Named(string name) => name switch
    {
        WeightedPlaces => new GridSpec(PlaceWeights: 1),
        ThreeConvolutions => new GridSpec(Convolutions: 3),
        _ => ModelKinds.Named(name),
    };
}
