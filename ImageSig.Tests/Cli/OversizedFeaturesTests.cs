using ImageSig.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>features asked for more than the limit or the disk has: one line, before anything is written.</summary>
public class OversizedFeaturesTests
{
    [Fact]
    public void Features_that_the_memory_does_not_hold_are_refused_before_they_begin()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], 1);
        Answer answer = Answer.To("features", folder["photos"], "-o", folder["f.npy"], "--depth", "12", "--threads", "1", "--memory", "100");
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.Matches(
            @"^imagesig: features of \[64, 797160\] numbers an image would take \d+\.\d\d MB of memory, more than the limit of 100\.00 MB; lower --depth or --image-size, or allow more with --memory\.$",
            Assert.Single(answer.MessageLines));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [SmallDiskFact]
    public void Features_that_the_disk_does_not_hold_are_refused_before_they_begin()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], 1);
        Directory.CreateDirectory(folder["small"]);
        Assert.True(SmallDiskFactAttribute.Mount(folder["small"], 64));
        try
        {
            string output = Path.Combine(folder["small"], "f.npy");
            Answer answer = Answer.To("features", folder["photos"], "-o", output, "--depth", "6");
            Assert.Matches(@" it would hold \d+\.\d+ KB, and the disk has 65\.5 KB left; write elsewhere, or ask for less\.$", Assert.Single(answer.MessageLines));
            Assert.Empty(Directory.GetFiles(folder["small"]));
        }
        finally
        {
            SmallDiskFactAttribute.Unmount(folder["small"]);
        }
    }
}
