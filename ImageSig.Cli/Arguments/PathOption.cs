using System.CommandLine;

namespace ImageSig.Cli.Arguments;

/// <summary>An option that names a file or folder, or several: where the path is relative, it depends on the folder in which the command is given.</summary>
/// <typeparam name="T">A path, or an array of paths that are written with commas between them.</typeparam>
/// <param name="name">With its dashes.</param>
/// <param name="aliases">Other names.</param>
internal sealed class PathOption<T>(string name, params string[] aliases) : Option<T>(name, aliases);
