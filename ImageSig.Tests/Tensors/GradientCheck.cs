using System.Reflection;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

/// <summary>Holds an operation on the tape against a plain double twin: values, and gradients against finite differences.</summary>
internal static class GradientCheck
{
    /// <summary>An operation on the tape, of tensors that all require gradients.</summary>
    public delegate Tensor Operation(Tape tape, Tensor[] inputs);

    /// <summary>The kinds of operations that were checked on this thread.</summary>
    [ThreadStatic]
    private static HashSet<Type>? verified;

    /// <summary>The same in plain double loops.</summary>
    public delegate double[] Twin(double[][] inputs);

    /// <summary>Checks <c>y</c> and the gradient of <c>Σ rᵢ yᵢ</c> for random r, by every input.</summary>
    /// <param name="tolerance">Allowed error, relative to the largest number compared.</param>
    public static void Verify(Shape[] shapes, Operation operation, Twin twin, float[][]? values = null, double tolerance = 2e-5) => Verify(
        shapes, operation, twin, values, tolerance,
        (point, i, weights, gradient) => AssertClose(Differences(twin, point, i, weights), gradient, tolerance, $"gradient of input {i}"));

    /// <summary>As <see cref="Verify(Shape[], Operation, Twin, float[][], double)"/>, but each gradient along one random direction only,
    /// which two runs of the twin are enough for: a wrong number anywhere shows, if not where.</summary>
    public static void VerifyAlongADirection(Shape[] shapes, Operation operation, Twin twin, float[][]? values = null, double tolerance = 2e-5) => Verify(
        shapes, operation, twin, values, tolerance,
        (point, i, weights, gradient) =>
        {
            float[] direction = Numbers.Uniform(gradient.Length, (uint)(31 + i));
            double[] parts = [.. direction.Select((part, j) => (double)part * gradient[j])];
            double allowed = tolerance * Math.Max(1, Math.Sqrt(parts.Sum(part => part * part)));
            double expected = Difference(twin, point, i, weights, direction);
            Assert.True(Math.Abs(expected - parts.Sum()) <= allowed, $"slope by input {i} {shapes[i]}: {parts.Sum()}, twin {expected}");
        });

    private static void Verify(
        Shape[] shapes, Operation operation, Twin twin, float[][]? values, double tolerance, Action<double[][], int, float[], float[]> checkGradient)
    {
        Parameter[] parameters = [.. shapes.Select((shape, i) => new Parameter($"p{i}", shape))];
        for (int i = 0; i < shapes.Length; i++)
            (values is null ? Numbers.Uniform(shapes[i].Count, (uint)(17 + i)) : values[i]).CopyTo(parameters[i].Value.Span);
        ParameterBlock block = new(parameters);
        Gradients gradients = new(block);
        Tape tape = new(new TensorArena(), isTraining: true) { Random = new RandomContext { Seed = 5, Epoch = 2, Samples = [.. Enumerable.Range(3, 64)] } };
        double[][] point = [.. parameters.Select(parameter => parameter.Value.Span.ToArray().Select(value => (double)value).ToArray())];

        // Twice on the same tape: the second pass runs on recycled objects and memory.
        for (int pass = 0; pass < 2; pass++)
        {
            tape.Reset();
            gradients.Clear();
            Tensor output = operation(tape, [.. parameters.Select(parameter => parameter.Value)]);
            float[] weights = Numbers.Uniform(output.Shape.Count, 7);
            double[] expected = twin(point);
            Assert.Equal(expected.Length, output.Shape.Count);
            AssertClose(expected, output.Span, tolerance, "value");

            Tensor row = tape.Reshape(output, new Shape(1, output.Shape.Count));
            Tensor loss = tape.Dense(row, new Tensor(new Shape(weights.Length, 1), weights), bias: null);
            tape.Backward(loss, gradients);
            verified?.UnionWith(OperationsOn(tape));
            for (int i = 0; i < parameters.Length; i++)
                checkGradient(point, i, weights, gradients.Of(parameters[i]).ToArray());
        }
    }

    /// <summary>The kinds of operations that <paramref name="checks"/> verifies.</summary>
    public static HashSet<Type> VerifiedBy(Action checks)
    {
        verified = [];
        checks();
        return verified;
    }

    /// <summary>Central differences of <c>Σ r · twin</c> by input <paramref name="index"/>.</summary>
    private static double[] Differences(Twin twin, double[][] point, int index, float[] weights)
    {
        const double step = 1e-5;
        double[] slopes = new double[point[index].Length];
        for (int j = 0; j < slopes.Length; j++)
        {
            double value = point[index][j];
            point[index][j] = value + step;
            double above = Weigh(twin(point), weights);
            point[index][j] = value - step;
            double below = Weigh(twin(point), weights);
            point[index][j] = value;
            slopes[j] = (above - below) / (2 * step);
        }
        return slopes;
    }

    /// <summary>The central difference of <c>Σ r · twin</c> by input <paramref name="index"/> along <paramref name="direction"/>.</summary>
    private static double Difference(Twin twin, double[][] point, int index, float[] weights, float[] direction)
    {
        const double step = 1e-5;
        return (At(step) - At(-step)) / (2 * step);

        double At(double distance)
        {
            double[][] moved = [.. point];
            moved[index] = [.. point[index].Zip(direction, (value, part) => value + distance * part)];
            return Weigh(twin(moved), weights);
        }
    }

    private static IEnumerable<Type> OperationsOn(Tape tape) =>
        ((IEnumerable<TapeOp>)typeof(Tape).GetField("operations", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(tape)!)
            .Select(operation => operation.GetType()).Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type);

    private static double Weigh(double[] values, float[] weights) => values.Zip(weights, (value, weight) => value * weight).Sum();

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        double scale = Math.Max(1e-3, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"{what} {i}: {actual[i]}, twin {expected[i]}");
    }
}
