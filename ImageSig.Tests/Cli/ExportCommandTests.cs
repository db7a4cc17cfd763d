using ImageSig.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>imagesig export</c> from the command line.</summary>
public class ExportCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Fact]
    public void Both_files_are_written_and_told_and_written_again()
    {
        using TemporaryFolder folder = new();
        for (int time = 0; time < 2; time++)
        {
            Answer answer = Answer.To("export", trained.Model, "--onnx", folder["m.onnx"], "--npz", folder["m.npz"]);
            Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
            Assert.Matches($"m.onnx: uint8 \\[N, 20, 20, 3\\] to 2 probabilities, [0-9.]+ [kKM]?B\n.*m.npz: [0-9]+ arrays, [0-9]+ of them weights, [0-9.]+ [kKM]?B\n", answer.Results);
        }
    }
}
