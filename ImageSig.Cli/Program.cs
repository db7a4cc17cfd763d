using ImageSig.Cli;
using ImageSig.Cli.Display;

#if IMAGESHARP
ImageSig.ImageSharp.ImageSharpFormats.Register();
#endif
using Interruption interruption = new();
return Application.Run(args, Terminal.OfThisProcess(), interruption.Token);
