using ImageSig.Tests.Cli;
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

    [LinuxFact]
    public void A_lock_on_a_file_that_was_deleted_meanwhile_does_not_count()
    {
        using TemporaryFolder folder = new();
        string path = folder["m.checkpoint.lock"];
        using FileStream held = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Assert.True(TrainingLock.IsAt(path, held));
        Assert.InRange(held.Length, 1, 64 << 10);
        File.Delete(path);
        Assert.False(TrainingLock.IsAt(path, held));
        using TrainingLock another = TrainingLock.Take(folder["m.checkpoint"]);
        Assert.False(TrainingLock.IsAt(path, held));
    }

    [Fact]
    public void Who_meets_one_that_is_let_go_of_is_told_of_another_training_or_gets_the_lock()
    {
        using TemporaryFolder folder = new();
        int taken = 0;
        Parallel.For(0, 8, _ =>
        {
            for (int tries = 0; tries < 500; tries++)
                try
                {
                    TrainingLock.Take(folder["m.checkpoint"]).Dispose();
                    Interlocked.Increment(ref taken);
                }
                catch (IOException refused)
                {
                    Assert.Contains("another training", refused.Message, StringComparison.Ordinal);
                }
        });
        Assert.NotEqual(0, taken);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void To_let_go_twice_does_not_take_the_lock_from_another()
    {
        using TemporaryFolder folder = new();
        TrainingLock first = TrainingLock.Take(folder["m.checkpoint"]);
        first.Dispose();
        using TrainingLock second = TrainingLock.Take(folder["m.checkpoint"]);
        first.Dispose();
        Assert.True(File.Exists(folder["m.checkpoint.lock"]));
        Assert.Throws<IOException>(() => TrainingLock.Take(folder["m.checkpoint"]));
    }
}
