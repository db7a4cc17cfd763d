using ImageSig.Imaging;

namespace ImageSig.Cli.Demo;

/// <summary>A picture of concrete that no camera took: drawn from a number, the same on every machine.</summary>
internal static class ConcretePicture
{
    /// <summary>Columns and rows of every picture.</summary>
    public const int Side = 160;

    /// <summary>Draws one picture.</summary>
    /// <param name="seed">Another seed is another series of pictures.</param>
    /// <param name="number">Which picture of the series.</param>
    /// <param name="cracked">Whether the surface has a crack. One without gets pits of the same depth in all,
    /// so that neither class is darker than the other.</param>
    public static Image Draw(ulong seed, uint number, bool cracked)
    {
        Chance chance = new(seed, number);
        Surface surface = new(chance, Side);
        Grooves cracks = new(Side);
        Crack.Draw(chance, cracks);
        if (chance.Happens(0.25f))
            Crack.Draw(chance, cracks);
        if (chance.Happens(0.95f))
            Seepage.Draw(chance, surface, cracks, faded: !cracked);
        if (cracked)
            surface.Grooves.Add(cracks);
        else
            surface.Pits(cracks.Mass);
        return Camera.Photograph(chance, surface);
    }
}
