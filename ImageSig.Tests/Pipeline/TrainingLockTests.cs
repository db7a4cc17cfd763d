using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

public class TrainingLockTests
{
    [Fact]
    public void Two_trainings_do_not_share_a_checkpoint()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 3);
        CheckpointOptions checkpoint = new(folder["m.checkpoint"], Resume: false);
        using (TrainingLock.Take(checkpoint.Path))
        {
            IOException refused = Assert.Throws<IOException>(() => ImageClassifier.Train(folder["photos"], checkpoint: checkpoint));
            Assert.Contains("another training", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(["photos"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void What_a_killed_training_left_keeps_nobody_away()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["m.checkpoint.lock"], "");
        TrainingLock.Take(folder["m.checkpoint"]).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
