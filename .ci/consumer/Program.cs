// consumer PHOTOS MODEL PICTURE: trains on a folder, saves the model, and predicts, as the program does with --model fc --epochs 2 --image-size 32 --depth 2.
using System.Globalization;
using ImageSig;

TrainingRecipe recipe = TrainingRecipe.Named("default", "fc").WithTraining(options => options with { Epochs = 2 });
recipe = recipe with { Features = recipe.Features with { Width = 32, Height = 32, Depth = 2 } };
TrainingOutcome outcome = ImageClassifier.Train(args[0], recipe);
outcome.Classifier.Save(args[1]);
Prediction answer = ImageClassifier.Load(args[1]).Predict(args[2]);
Console.WriteLine(string.Join(',', answer.Probabilities.Select(one => string.Create(CultureInfo.InvariantCulture, $"\"{one.Class}\":{one.Probability}"))));
