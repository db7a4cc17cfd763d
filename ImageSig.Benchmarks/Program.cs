Console.WriteLine("imagesig");
