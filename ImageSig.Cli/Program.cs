using ImageSig.Cli;
using ImageSig.Cli.Display;

using Interruption interruption = new();
return Application.Run(args, Terminal.OfThisProcess(), interruption.Token);
