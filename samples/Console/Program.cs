// Console MODEL IMAGE...: what a model says of images.
using ImageSig;

ImageClassifier classifier = ImageClassifier.Load(args[0]);
string[] images = args[1..];
foreach ((string image, Prediction answer) in images.Zip(classifier.Predict(images)))
    Console.WriteLine($"{image}: {answer}");
