using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>A model file that is replaced while others read it.</summary>
public class ModelReplacementTests
{
    [Fact]
    public async Task A_model_that_is_being_replaced_is_always_the_old_or_the_new_one()
    {
        string stored = Path.Combine(Folders.Repository, "ImageSig.Tests", "Pipeline", "ModelsOfVersion1");
        ImageClassifier[] models = [ImageClassifier.Load(Path.Combine(stored, "fc.safetensors")), ImageClassifier.Load(Path.Combine(stored, "grid.safetensors"))];
        using TemporaryFolder folder = new();
        string path = folder["m.safetensors"];
        models[0].Save(path);
        using CancellationTokenSource enough = new();
        Task writing = Task.Run(() =>
        {
            for (int i = 0; !enough.IsCancellationRequested; i++)
                models[i % 2].Save(path);
        });
        HashSet<string> seen = [];
        for (int loads = 0; loads < 300; loads++)
            seen.Add(ImageClassifier.Load(path).Model.Spec.Name);
        enough.Cancel();
        await writing;
        Assert.Subset(new HashSet<string> { "fc", "grid" }, seen);
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
