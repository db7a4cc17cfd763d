using ImageSig.NN;
using ImageSig.Signature;

namespace ImageSig.Tests.Signature;

/// <summary>The C# of docs/signatures.md, word for word; <see cref="DocumentTests"/> compares and runs it.</summary>
internal static class DocumentExamples
{
    public static double[] Forward()
    {
        // README
        double[] path = [0, 0, 1, 0, 1, 1];                         // [B, T, C] = [1, 3, 2]
        SignatureTransform transform = new(channels: 2, depth: 3);
        double[] signature = new double[transform.Layout.Length];   // 2 + 4 + 8
        transform.Forward<double>(path, batch: 1, length: 3, signature);
        double area = (signature[transform.Layout.IndexOf(0, 1)] - signature[transform.Layout.IndexOf(1, 0)]) / 2;
        // END
        return [area, .. signature];
    }

    public static (double[] Whole, double[] Continued) Continuing(double[] path)
    {
        double[] whole = RandomPaths.Signature(path, 2, 3);
        // README
        SignatureTransform transform = new(2, 3);
        double[] first = new double[14], both = new double[14];
        transform.Forward<double>(path.AsSpan(0, 10), 1, 5, first);                  // points 0 to 4
        PathStart<double> start = PathStart.After<double>(first, path.AsSpan(8, 2)); // and where they end
        transform.Forward(path.AsSpan(10), 1, path.Length / 2 - 5, start, both);     // the rest
        // END
        return (whole, both);
    }

    public static double[][] Bases()
    {
        // README
        double[] staircase = [0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1];
        LogSignatureTransform words = new(3, 3, LogSignatureBasis.Words);
        LogSignatureTransform brackets = new(3, 3, LogSignatureBasis.Brackets);
        double[] atWords = new double[words.Length], ofBrackets = new double[brackets.Length];
        words.Forward<double>(staircase, 1, 4, atWords);            // words.NameAt(10) is 132:           -1/6
        brackets.Forward<double>(staircase, 1, 4, ofBrackets);      // brackets.NameAt(10) is [[1,3],2]:  +1/6
        // END
        Assert.Equal(("132", "[[1,3],2]"), (words.NameAt(10), brackets.NameAt(10)));
        return [atWords, ofBrackets];
    }

    public static long Memory()
    {
        // README
        SignatureLayout layout = new(channels: 3, depth: 14);
        SignatureWork work = new(Batch: 1, Length: 64) { Threads = 2 };
        SignatureMemory memory = SignatureMemory.Of<float>(layout, LogSignatureBasis.Words, work);
        long bytes = memory.Total;                                  // Preparation + Results + Scratch
        // END
        return bytes;
    }

    public static double[] Intervals(double[] points)
    {
        // README
        SignaturePath<double> path = new(channels: 2, depth: 3);
        path.Append(points);
        double[] signature = new double[14];
        path.Signature(start: 3, end: 8, signature);                // points 3 to 7
        // END
        return signature;
    }

    public static double[] Gradient(double[] paths)
    {
        // README
        LogSignatureTransform transform = new(2, 3, LogSignatureBasis.Words);
        double[] cotangents = [1, 0, 0, 0, 0];                      // of the first number: the increment of channel 1
        double[] gradients = new double[paths.Length];
        transform.Backward<double>(paths, batch: 1, length: paths.Length / 2, cotangents, gradients);
        // END
        return gradients;
    }

    public static Sequential Layers()
    {
        // README
        Sequential model = new("model", "deep signature",
        [
            new Dense("lift", 3, 4),                                // [B, T, 3] to [B, T, 4]: a learned path before the signature
            new SignatureLayer("signature", new SignatureTransform(4, 3)),
            new Dense("out", 84, 2),
        ]);
        // END
        return model;
    }

    public static double[] Augmented(double[] paths)
    {
        // README
        PathAugmentations augmentations = PathAugmentations.Parse("lead-lag,time");
        double[] changed = augmentations.Forward<double>(paths, batch: 1, length: 10, channels: 2);
        (int length, int channels) = augmentations.OutputShape(10, 2);               // 19, 5
        // END
        Assert.Equal((19, 5), (length, channels));
        return changed;
    }

    public static double Lifted(double[] ours, double[] theirs)
    {
        // README
        PathKernel kernel = new(channels: 2, dyadicOrder: 1, bandwidth: 0.5);       // σ, in the paths' units
        double[] own = new double[16], other = new double[16], between = new double[16];
        kernel.Gram<double>(ours, ours, 4, 4, own);                                 // four paths each
        kernel.Gram<double>(theirs, theirs, 4, 4, other);
        kernel.Gram<double>(ours, theirs, 4, 4, between, threads: 2);
        double distance = own.Average() + other.Average() - 2 * between.Average();  // squared, of their expected lifted signatures
        // END
        return distance;
    }

    public static (double Squared, double Product) Functionals(double[] path)
    {
        // README
        SignatureLayout layout = new(channels: 2, depth: 4);
        double[] signature = new double[layout.Length], area = new double[layout.Length], squaredArea = new double[layout.Length];
        new SignatureTransform(2, 4).Forward<double>(path, batch: 1, length: path.Length / 2, signature);
        area[layout.IndexOf(0, 1)] = 0.5;                           // the area between a path and its chord: (12 − 21) / 2
        area[layout.IndexOf(1, 0)] = -0.5;
        TensorAlgebra.Shuffle<double>(layout, area, area, squaredArea);
        double squared = TensorAlgebra.InnerProduct<double>(layout, squaredArea, signature);
        // END
        double value = TensorAlgebra.InnerProduct<double>(layout, area, signature);
        return (squared, value * value);
    }

    public static double[] Roots(double[] path)
    {
        // README
        SignatureTransform transform = new(channels: 3, depth: 4);
        SignedRoots roots = SignedRoots.OfSignatures(transform.Layout);
        double[] features = new double[transform.Layout.Length];
        transform.Forward<double>(path, batch: 1, length: path.Length / 3, features);
        roots.Forward<double>(features);                            // in place, level k by its k-th root
        // END
        return features;
    }
}
