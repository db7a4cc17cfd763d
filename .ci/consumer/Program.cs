// consumer PHOTOS MODEL PICTURE GIF WEBP: trains on a folder, saves the model, and predicts, as the program does with --model fc --epochs 2 --image-size 32 --depth 2. GIF and WEBP hold the
// same picture and are read through ImageSharp.
using System.Globalization;
using ImageSig;
using ImageSig.ImageSharp;
using ImageSig.Imaging;

ImageSharpFormats.Register();
if (!Image.Load(args[3]).Pixels.SequenceEqual(Image.Load(args[4]).Pixels))
{
    Console.Error.WriteLine($"{args[3]} and {args[4]} differ");
    return 1;
}
TrainingRecipe recipe = TrainingRecipe.Named("default", "fc").WithTraining(options => options with { Epochs = 2 });
recipe = recipe with { Features = recipe.Features with { Width = 32, Height = 32, Depth = 2 } };
TrainingOutcome outcome = ImageClassifier.Train(args[0], recipe);
outcome.Classifier.Save(args[1]);
Prediction answer = ImageClassifier.Load(args[1]).Predict(args[2]);
Console.WriteLine(string.Join(',', answer.Probabilities.Select(one => string.Create(CultureInfo.InvariantCulture, $"\"{one.Class}\":{one.Probability}"))));
return 0;
