using System.Reflection;
using System.Text.Json;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Tests.Pipeline;

public class TrainingRecipeTests
{
    [Fact]
    public void A_fingerprint_gives_back_its_recipe_without_what_changes_the_time_alone()
    {
        foreach (LearningRateSchedule schedule in (LearningRateSchedule[])[new ConstantSchedule(), new CosineSchedule(), new StepSchedule(3, 0.5f), new PlateauSchedule(2)])
            foreach (string model in ModelKinds.Names)
            {
                TrainingRecipe recipe = TrainingRecipe.Named("default", model).WithTraining(options => options with
                {
                    Schedule = schedule, WarmUp = 0.1f, Seed = ulong.MaxValue, Threads = 3, MemoryLimit = 5_000_000, LearningRate = 0.1f,
                });
                TrainingFingerprint fingerprint = TrainingFingerprint.Of(recipe, ["a", "größer"], []);
                Assert.Equal(
                    recipe.WithTraining(options => options with { Threads = 1, MemoryLimit = 0 }),
                    TrainingFingerprint.Parse(fingerprint.ToJson()).ToRecipe() with { FeatureMemory = recipe.FeatureMemory });
            }
    }

    [Fact]
    public void A_fingerprint_is_written_as_it_always_was()
    {
        const string Before = """{"recipe":"default","model":{"name":"fc","dropout":0.4,"neurons":50},"preprocessing":{"input":"signatures","width":32,"height":32,"fit":"stretch","scaledDecoding":true,"depth":4,"twoDirection":true,"basepoint":true,"time":false,"logSignature":"none","standardize":true,"roots":null},"augmentations":"hflip,vflip,brightness","training":{"epochs":3000,"batchSize":16,"accumulation":1,"optimizer":"AdamW","learningRate":0.001,"weightDecay":0.01,"momentum":0.9,"clipNorm":0,"averageDecay":0,"schedule":{"$type":"cosine"},"warmUp":0,"loss":"CrossEntropy","classWeights":null,"labelSmoothing":0,"teacherShare":0.7,"teacherTemperature":2,"seed":1,"threads":1,"patience":0,"memoryLimit":0},"validation":0.1,"members":0,"teachers":[],"classes":["cracked","sound"],"images":800,"pixels":"b6f1ab88"}""";
        Assert.Equal(Before, TrainingFingerprint.Parse(Before).ToJson());
    }

    [Fact]
    public void Every_training_option_is_part_of_the_fingerprint()
    {
        IEnumerable<string> options = typeof(TrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(option => option.CanWrite).Select(option => JsonNamingPolicy.CamelCase.ConvertName(option.Name));
        using JsonDocument json = JsonDocument.Parse(JsonMembers.Stored(TrainingOptionsJson.Members(TrainingRecipe.Named().Training), leavesOutNull: false));
        Assert.Equal(options, json.RootElement.EnumerateObject().Select(option => option.Name));
    }

    [Fact]
    public void Every_setting_that_decides_the_bits_is_told_when_it_differs()
    {
        TrainingRecipe recipe = TrainingRecipe.Named();
        TrainingFingerprint was = TrainingFingerprint.Of(recipe, ["a", "b"], []);
        Assert.Null(was.Mismatch(Now(recipe.WithTraining(options => options with { Threads = 9, MemoryLimit = 1, Epochs = 99 }) with { FeatureMemory = 0 })));
        Assert.StartsWith("it belongs to a training with other settings: features was none", was.Mismatch(TrainingFingerprint.Of(recipe, ["a", "b"], [], halves: true)), StringComparison.Ordinal);
        Assert.Equal("it belongs to a training with other images", was.Mismatch(TrainingFingerprint.Of(recipe, ["a", "c"], [])));
        AssertTold("training.momentum was 0.9, is 0.8", recipe.WithTraining(options => options with { Momentum = 0.8f }));
        AssertTold("training.classWeights was null, is [1,2]", recipe.WithTraining(options => options with { ClassWeights = [1, 2] }));
        AssertTold("training.schedule.$type was \"cosine\", is \"constant\"", recipe.WithTraining(options => options with { Schedule = new ConstantSchedule() }));
        AssertTold("model.dropout was 0.3, is 0.2", recipe with { Model = new GridSpec(Dropout: 0.2f) });
        AssertTold("augmentations was \"hflip,vflip,brightness,shift,anew\", is \"none\"", recipe with { Augmentations = ImageAugmentations.None });
        AssertTold("validation was 0.1, is 0.2", recipe with { Validation = 0.2 });

        TrainingFingerprint Now(TrainingRecipe now) => TrainingFingerprint.Of(now, ["a", "b"], []);
        void AssertTold(string difference, TrainingRecipe now) => Assert.Equal($"it belongs to a training with other settings: {difference}", was.Mismatch(Now(now)));
    }

    [Fact]
    public void A_fingerprint_of_another_version_is_refused_in_words() =>
        Assert.Equal("it was written by another version of ImageSig", Assert.Throws<InvalidDataException>(() => TrainingFingerprint.Parse("FcSpec { }|")).Message);

    [Fact]
    public void The_recipe_holds_its_parts_to_their_bounds()
    {
        TrainingRecipe recipe = TrainingRecipe.Named("default", "grid");
        recipe.Check();
        AssertRefused("the learning rate is 11; it must be a number above 0 and up to 10.", recipe.WithTraining(options => options with { LearningRate = 11 }));
        AssertRefused("The depth of the signatures is 13; it must be a whole number from 1 to 12.", recipe with { Features = recipe.Features with { Depth = 13 } });
        AssertRefused("The width of the images is 0; it must be a whole number from 1 to 4096.", recipe with { Features = recipe.Features with { Width = 0 } });
        AssertRefused("The validation share is 1; it must be a number from 0 to below 1.", recipe with { Validation = 1 });
        AssertRefused("The model 'fc' takes signatures, the features are pixels.", recipe with { Model = new FcSpec() });
        AssertRefused("a batch of 1 has nothing to compare", recipe.WithTraining(options => options with { BatchSize = 1 }));
        TrainingRecipe.Named("default", "conv").WithTraining(options => options with { BatchSize = 1 }).Check();
        AssertRefused("The loss MeanSquaredError was given", recipe.WithTraining(options => options with { Loss = LossKind.MeanSquaredError }));

        static void AssertRefused(string expected, TrainingRecipe recipe) =>
            Assert.Contains(expected, Assert.Throws<SettingException>(recipe.Check).Message, StringComparison.Ordinal);
    }
}
