namespace ImageSig.Cli.Display;

/// <summary>How a model file keeps its numbers, in words.</summary>
internal static class StorageWords
{
    /// <summary>The name on the command line and in JSON.</summary>
    public static string NameOf(WeightStorage storage) => storage switch
    {
        WeightStorage.Int8 => "int8",
        WeightStorage.Float16 => "float16",
        _ => "float32",
    };

    /// <summary>For people.</summary>
    public static string Of(WeightStorage storage) => storage == WeightStorage.Int8 ? "int8, with one scale for each output; the rest float16" : NameOf(storage);
}
