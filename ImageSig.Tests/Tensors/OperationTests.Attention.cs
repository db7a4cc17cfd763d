using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

/// <summary>The operations of transformers, and the small ones, against double twins.</summary>
public sealed class AttentionOperationTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 16)]
    [InlineData(5, 37)]
    public void LayerNorm_brings_rows_to_mean_zero_and_variance_one(int rows, int columns) => GradientCheck.Verify(
        [new(rows, columns), new(columns), new(columns)],
        (tape, x) => tape.LayerNorm(x[0], x[1], x[2], 0.01f),
        x => Twins.LayerNorm(x[0], x[1], x[2], rows, columns, 0.01));

    [Theory]
    [InlineData(1, 1, 1, 1, false)]
    [InlineData(2, 3, 2, 4, false)]
    [InlineData(2, 6, 3, 16, true)]
    [InlineData(1, 17, 2, 5, false)]
    public void Attention_is_softmax_of_scaled_products_times_values(int batch, int steps, int heads, int size, bool causal)
    {
        Shape shape = new(batch, steps, heads * size);
        GradientCheck.Verify(
            [shape, shape, shape],
            (tape, x) => tape.Attention(x[0], x[1], x[2], new AttentionOptions { Heads = heads, IsCausal = causal }),
            x => Twins.Attention(x[0], x[1], x[2], batch, steps, heads, size, causal, null));
    }

    [Fact]
    public void Attention_dropout_multiplies_probabilities_with_its_mask()
    {
        const int batch = 3;
        const int steps = 4;
        Shape shape = new(batch, steps, 6);
        // The same stream draws the same mask for an operation that shows it.
        Tape tape = new(new TensorArena(), isTraining: true) { Random = new RandomContext { Seed = 5, Epoch = 2, Samples = [.. Enumerable.Range(3, 64)] } };
        Tensor ones = new(new Shape(batch, 2, steps, steps));
        ones.Span.Fill(1);
        float[] mask = tape.Dropout(ones, 0.3f, layer: 9).Span.ToArray();
        Assert.Contains(0f, mask);
        GradientCheck.Verify(
            [shape, shape, shape],
            (t, x) => t.Attention(x[0], x[1], x[2], new AttentionOptions { Heads = 2, Dropout = 0.3f, DropoutLayer = 9 }),
            x => Twins.Attention(x[0], x[1], x[2], batch, steps, 2, 3, causal: false, mask));
    }

    [Fact]
    public void AttentionPool_is_the_mean_weighted_by_softmax() => GradientCheck.Verify(
        [new(3, 5, 1), new(3, 5, 7)],
        (tape, x) => tape.AttentionPool(x[0], x[1]),
        x => Twins.AttentionPool(x[0], x[1], 3, 5, 7));

    [Fact]
    public void Add_adds_a_shorter_shape_to_every_row()
    {
        GradientCheck.Verify([new(3, 5), new(3, 5)], (tape, x) => tape.Add(x[0], x[1]), x => [.. x[0].Zip(x[1], (a, b) => a + b)]);
        GradientCheck.Verify([new(4, 3, 5), new(3, 5)], (tape, x) => tape.Add(x[0], x[1]), x => [.. x[0].Select((a, i) => a + x[1][i % 15])]);
    }

    [Fact]
    public void Multiply_multiplies_element_by_element_and_a_square_gets_both_shares()
    {
        GradientCheck.Verify([new(3, 5), new(3, 5)], (tape, x) => tape.Multiply(x[0], x[1]), x => [.. x[0].Zip(x[1], (a, b) => a * b)]);
        GradientCheck.Verify([new(4, 3, 5), new(3, 5)], (tape, x) => tape.Multiply(x[0], x[1]), x => [.. x[0].Select((a, i) => a * x[1][i % 15])]);
        GradientCheck.Verify([new(19)], (tape, x) => tape.Multiply(x[0], x[0]), x => [.. x[0].Select(a => a * a)]);
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(1, true, false)]
    [InlineData(1, false, true)]
    [InlineData(1, true, true)]
    [InlineData(3, false, false)]
    [InlineData(3, true, false)]
    [InlineData(3, false, true)]
    [InlineData(3, true, true)]
    public void MatMul_multiplies_matrices_in_all_four_ways(int batch, bool transposeA, bool transposeB)
    {
        const int m = 5;
        const int n = 7;
        const int k = 9;
        Shape a = transposeA ? new(k, m) : new(m, k);
        Shape b = transposeB ? new(n, k) : new(k, n);
        GradientCheck.Verify(
            batch == 1 ? [a, b] : [a.WithBatch(batch), b.WithBatch(batch)],
            (tape, x) => tape.MatMul(x[0], x[1], transposeA, transposeB),
            x => Twins.MatMul(x[0], x[1], batch, m, n, k, transposeA, transposeB));
    }

    [Fact]
    public void Gelu_sigmoid_and_tanh_are_their_formulas()
    {
        float[][] values = [[.. Numbers.Uniform(150, 3, scale: 6), 0, 0.625f, -0.625f, 1e-4f]];
        Shape[] shape = [new(154)];
        GradientCheck.Verify(shape, (tape, x) => tape.Gelu(x[0]), x => [.. x[0].Select(value => value * Twins.Normal(value))], values);
        GradientCheck.Verify(shape, (tape, x) => tape.Sigmoid(x[0]), x => [.. x[0].Select(value => 1 / (1 + Math.Exp(-value)))], values);
        GradientCheck.Verify(shape, (tape, x) => tape.Tanh(x[0]), x => [.. x[0].Select(Math.Tanh)], values);
    }

    [Fact]
    public void Attention_and_MatMul_name_shapes_that_do_not_fit()
    {
        Tape tape = new(new TensorArena(), isTraining: true);
        Assert.Equal(
            "MatMul: a is [64, 120], b is [50, 120]; a's columns (120) must equal b's rows (50). If b holds one output per row, transpose it first.",
            Assert.Throws<ArgumentException>(() => tape.MatMul(new Tensor(new Shape(64, 120)), new Tensor(new Shape(50, 120)))).Message);
        Tensor x = new(new Shape(1, 2, 6));
        Assert.Equal(
            "Attention: queries are [1, 2, 6], 4 heads; the heads must divide the last dimension.",
            Assert.Throws<ArgumentException>(() => tape.Attention(x, x, x, new AttentionOptions { Heads = 4 })).Message);
    }
}
