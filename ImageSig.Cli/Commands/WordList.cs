using ImageSig.Cli.Arguments;
using ImageSig.Signature;

namespace ImageSig.Cli.Commands;

/// <summary>The names of a result's numbers, one a line, in their order.</summary>
internal static class WordList
{
    public static void Write(TextWriter output, int channels, int depth, LogSignatureBasis? basis, long memory)
    {
        SignatureLayout layout = new(channels, depth);
        MemoryLimit.Check($"the words of {channels} channels to depth {depth}", SignatureMemory.Of<float>(layout, basis, new SignatureWork(0, 1)).Preparation, memory,
            "lower the depth, or allow more with --memory");
        if (basis is LogSignatureBasis named)
        {
            LogSignatureTransform transform = new(channels, depth, named);
            for (int index = 0; index < transform.Length; index++)
                output.WriteLine(transform.NameAt(index));
            return;
        }
        for (int index = 0; index < layout.Length; index++)
            output.WriteLine(LyndonWords.Name(layout.WordAt(index), channels));
    }
}
