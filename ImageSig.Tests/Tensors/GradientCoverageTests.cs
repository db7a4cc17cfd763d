using System.Reflection;
using ImageSig.NN;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

public sealed class GradientCoverageTests
{
    /// <summary>Signatures on the tape only call transforms, whose gradients are held against finite differences where the transforms are tested.</summary>
    private static readonly string[] CheckedAsTransforms = ["SignatureOp", "GridOp", "RootsOp"];

    [Fact]
    public void Every_operation_of_the_tape_has_its_gradient_checked_against_finite_differences()
    {
        // The final Dense and Reshape of every check are on its tape too, but each has checks of its own in these classes.
        HashSet<Type> verified = GradientCheck.VerifiedBy(() =>
        {
            foreach (Type tests in (Type[])[typeof(OperationTests), typeof(AttentionOperationTests), typeof(ImageOperationTests), typeof(ReductionTests), typeof(GroupNormTests), typeof(LossTests)])
                foreach (MethodInfo test in tests.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute), inherit: true)))
                    Run(test);
        });
        Assert.Empty(OperationsIn(typeof(Tape).Assembly).Where(operation => !verified.Contains(operation)).Select(operation => operation.Name));
        Assert.Equal(CheckedAsTransforms.Order(), OperationsIn(typeof(Layer).Assembly).Select(operation => operation.Name).Order());
    }

    private static IEnumerable<Type> OperationsIn(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TapeOp)) && !type.IsAbstract);

    private static void Run(MethodInfo test)
    {
        object?[][] cases = test.GetParameters().Length == 0 ? [[]] : [.. test.GetCustomAttributes<InlineDataAttribute>().SelectMany(data => data.GetData(test))];
        foreach (object?[] arguments in cases)
            test.Invoke(Activator.CreateInstance(test.DeclaringType!), arguments);
    }
}
