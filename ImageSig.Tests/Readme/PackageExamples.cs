using ImageSig.Imaging;
using ImageSig.ImageSharp;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Readme;

/// <summary>The C# of the packages' readmes, word for word, in the order of the packages.</summary>
internal static class PackageExamples
{
    public static Tensor OfTensors()
    {
        // README
        Tape tape = new(new TensorArena(), isTraining: false);
        Tensor chances = tape.Softmax(new Tensor(new Shape(1, 3), [1, 2, 3]));
        // END
        return chances;
    }

    public static double[] OfSignature()
    {
        // README
        double[] path = [0, 0, 1, 0, 1, 1];                        // three points in the plane
        SignatureTransform transform = new(channels: 2, depth: 3);
        double[] signature = new double[transform.Layout.Length];  // 2 + 4 + 8
        transform.Forward<double>(path, batch: 1, length: 3, signature);
        // END
        return signature;
    }

    public static Model OfNetworks()
    {
        // README
        Model model = Model.Of([new Dense("hidden", 2, 8, Activation.Tanh), new Dense("output", 8, 2)], new Shape(2), seed: 1);
        // END
        return model;
    }

    public static void OfImaging()
    {
        // README
        Image small = Image.LoadFitted("camera.jpg", 64, 64);
        File.WriteAllBytes("small.png", small.EncodePng());
        // END
    }

    /// <summary>Compiled alone: the list of formats is the process's, and its tests have a process of their own.</summary>
    public static void OfImageSharp()
    {
        // README
        ImageSharpFormats.Register();                              // once, when the program begins
        // END
    }

    public static Prediction OfThePipeline()
    {
        // README
        TrainingOutcome outcome = ImageClassifier.Train("photos");  // one sub-folder a class
        outcome.Classifier.Save("fire.safetensors");
        Prediction answer = ImageClassifier.Load("fire.safetensors").Predict("camera.jpg");
        // END
        return answer;
    }
}
