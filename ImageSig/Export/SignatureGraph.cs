using ImageSig.Signature;
using ImageSig.Signature.Kernels;
using ImageSig.Tensors;

namespace ImageSig.Export;

/// <summary>Signatures and what is taken of them, as operations of ONNX.</summary>
/// <remarks>
/// Chen's identity of a path of increments d without a loop: level k grows in step t by <c>(…((dₜ/k + S¹) ⊗ dₜ/(k−1) + S²) … + Sᵏ⁻¹) ⊗ dₜ</c>, S the levels before the step. Levels are
/// found one after the other, for all steps at once: running sums give the lower levels before every step, and the sum over the steps is a product of matrices.
/// </remarks>
internal static class SignatureGraph
{
    /// <summary>More Lyndon words in one level would need a matrix of gigabytes.</summary>
    private const int MaxWords = 4096;

    extension(OnnxGraph graph)
    {
        /// <summary>The levels 1…depth of the signatures of paths.</summary>
        /// <param name="points">[S, T, C].</param>
        /// <param name="depth">At least 1.</param>
        /// <returns>Level k as [S, C^k].</returns>
        public IReadOnlyList<OnnxValue> Signatures(OnnxValue points, int depth)
        {
            int steps = points.Sample[1] - 1;
            OnnxValue byStep = graph.Pairwise("Sub", graph.Slice(points, 1, 1, steps), graph.Slice(points, 1, 0, steps).Name);
            // Steps last, so that products run along them.
            OnnxValue increments = graph.Transpose(byStep, 0, 2, 1);
            List<OnnxValue> levels = [graph.Sum(byStep, 1)], before = depth > 1 ? [graph.SumsBefore(increments)] : [];
            for (int level = 2; level <= depth; level++)
            {
                OnnxValue left = graph.Pairwise("Add", graph.Scaled(increments, 1f / level), before[0].Name);
                for (int next = 1; next < level - 1; next++)
                    left = graph.Pairwise("Add", graph.OuterOfSteps(left, graph.Scaled(increments, 1f / (level - next))), before[next].Name);
                levels.Add(graph.SumOfProducts(left, byStep));
                if (level < depth)
                    before.Add(graph.SumsBefore(graph.OuterOfSteps(left, increments)));
            }
            return levels;
        }

        /// <summary>The tensor logarithm of signatures, by Horner's scheme: <c>x (1 − x (1/2 − x (1/3 − …)))</c>.</summary>
        /// <param name="signature">Level k as [S, C^k].</param>
        /// <returns>The same.</returns>
        public IReadOnlyList<OnnxValue> Logarithm(IReadOnlyList<OnnxValue> signature)
        {
            int depth = signature.Count;
            IReadOnlyList<OnnxValue> sum = [];
            for (int term = depth - 1; term >= 0; term--)
                sum = graph.Times(signature, term == 0 ? 1 : -1, 1f / (term + 1), sum, depth - term);
            return sum;
        }

        /// <summary>The coefficients of a basis of log-signatures.</summary>
        /// <param name="logarithm">Level k as [S, C^k].</param>
        /// <param name="layout">Channels and depth.</param>
        /// <param name="basis">Which.</param>
        /// <returns>Level k as [S, numbers of the basis in this level].</returns>
        /// <exception cref="SettingException">So many Lyndon words that brackets would be a matrix of gigabytes.</exception>
        public IReadOnlyList<OnnxValue> Coefficients(IReadOnlyList<OnnxValue> logarithm, SignatureLayout layout, LogSignatureBasis basis)
        {
            if (basis == LogSignatureBasis.Expanded)
                return logarithm;
            LyndonBasis lyndon = new(layout);
            int[] counts = LyndonWords.Counts(layout);
            List<OnnxValue> result = [];
            for (int level = 1, first = 0; level <= layout.Depth; first += counts[level++])
            {
                if (counts[level] == 0)
                    continue;
                OnnxValue all = logarithm[level - 1];
                long[] places = [.. lyndon.Indices.AsSpan(first, counts[level]).ToArray().Select(place => (long)place - layout.LevelOffset(level))];
                OnnxValue words = new(graph.Node("Gather", [all.Name, graph.List(places)], OnnxAttribute.Of("axis", 2)), all.Sample[0], places.Length);
                result.Add(basis == LogSignatureBasis.Brackets && level > 2 ? graph.Brackets(words, lyndon, level, first) : words);
            }
            return result;
        }

        /// <summary>Signed roots: <c>sign(x) ((|x| + ε)^(1/k) − ε^(1/k))</c> in level k.</summary>
        /// <param name="x">[…, F].</param>
        public OnnxValue Roots(OnnxValue x, SignedRoots roots)
        {
            int axis = x.Sample.Length - 1;
            List<OnnxValue> parts = [];
            int start = 0;
            foreach ((int length, int degree) in roots.Levels)
            {
                OnnxValue part = graph.Slice(x, axis, start, length);
                parts.Add(degree == 1 ? part : graph.Root(part, degree, (float)roots.Epsilon));
                start += length;
            }
            return graph.Concat(parts, axis);
        }

        private OnnxValue Root(OnnxValue x, int degree, float epsilon)
        {
            OnnxValue raised = graph.Pairwise("Add", graph.Each("Abs", x), graph.Scalar(epsilon));
            OnnxValue root = degree == 2 ? graph.Each("Sqrt", raised) : graph.Pairwise("Pow", raised, graph.Scalar(1f / degree));
            OnnxValue size = graph.Pairwise("Sub", root, graph.Scalar((float)Math.Pow(epsilon, 1.0 / degree)));
            return graph.Pairwise("Mul", size, graph.Each("Sign", x).Name);
        }

        /// <summary>Running sums over the steps, each without its own: <c>Σ_{s&lt;t} xₛ</c>. A product with a triangle of ones, which ONNX Runtime computes faster than CumSum (docs/export.md).</summary>
        private OnnxValue SumsBefore(OnnxValue x)
        {
            string ones = graph.Node("Expand", [graph.Scalar(1), graph.List(x.Last, x.Last)]);
            string triangle = graph.Node("Trilu", [ones, graph.Axis(1)], OnnxAttribute.Of("upper", 1));
            return x with { Name = graph.Node("MatMul", [x.Name, triangle]) };
        }

        /// <summary><c>xₜ ⊗ yₜ</c>: [S, A, T] and [S, B, T] to [S, A · B, T].</summary>
        private OnnxValue OuterOfSteps(OnnxValue x, OnnxValue y)
        {
            string left = graph.Node("Unsqueeze", [x.Name, graph.List(3)]), right = graph.Node("Unsqueeze", [y.Name, graph.List(2)]);
            OnnxValue product = new(graph.Node("Mul", [left, right]), x.Sample[0], x.Sample[1], y.Sample[1], x.Last);
            return graph.Reshape(product, x.Sample[0], x.Sample[1] * y.Sample[1], x.Last);
        }

        private OnnxValue Scaled(OnnxValue x, float factor) => graph.Pairwise("Mul", x, graph.Scalar(factor));

        /// <summary><c>x ⊗ y</c> of the last dimensions, [..., A] and [..., B] to [..., A · B].</summary>
        private OnnxValue Outer(OnnxValue x, OnnxValue y)
        {
            string left = graph.Node("Unsqueeze", [x.Name, graph.List(-1)]), right = graph.Node("Unsqueeze", [y.Name, graph.List(-2)]);
            OnnxValue product = new(graph.Node("Mul", [left, right]), [.. x.Sample, y.Last]);
            return graph.Reshape(product, [.. x.Sample[..^1], x.Last * y.Last]);
        }

        /// <summary><c>Σₜ xₜ ⊗ yₜ</c>: [S, A, T] and [S, T, B] to [S, A · B].</summary>
        private OnnxValue SumOfProducts(OnnxValue x, OnnxValue y)
        {
            OnnxValue product = new(graph.Node("MatMul", [x.Name, y.Name]), x.Sample[0], x.Sample[1], y.Last);
            return graph.Reshape(product, x.Sample[0], x.Sample[1] * y.Last);
        }

        /// <summary><c>factor · x ⊗ (constant + y)</c> up to a depth.</summary>
        private List<OnnxValue> Times(IReadOnlyList<OnnxValue> x, float factor, float constant, IReadOnlyList<OnnxValue> y, int depth)
        {
            List<OnnxValue> result = [];
            for (int level = 1; level <= depth; level++)
            {
                OnnxValue sum = factor * constant == 1 ? x[level - 1] : graph.Scaled(x[level - 1], factor * constant);
                for (int split = 1; split < level; split++)
                    sum = graph.Pairwise(factor < 0 ? "Sub" : "Add", sum, graph.Outer(x[split - 1], y[level - split - 1]).Name);
                result.Add(sum);
            }
            return result;
        }

        /// <summary>From coefficients at Lyndon words to coefficients of brackets: the inverse of a triangular matrix of whole numbers.</summary>
        private OnnxValue Brackets(OnnxValue words, LyndonBasis lyndon, int level, int first)
        {
            int count = words.Last;
            if (count > MaxWords)
                throw new SettingException($"level {level} of the log-signature has {count} Lyndon words; an export holds brackets of {MaxWords} at most. Train with the basis words, or a smaller depth.");
            double[][] inverse = new double[count][];
            for (int row = 0; row < count; row++)
            {
                inverse[row] = new double[count];
                inverse[row][row] = 1;
                foreach ((int column, int coefficient) in lyndon.Rows[first + row])
                    for (int i = 0; i < count; i++)
                        inverse[row][i] -= coefficient * inverse[column - first][i];
            }
            float[] turned = new float[count * count];
            for (int row = 0; row < count; row++)
                for (int column = 0; column < count; column++)
                    turned[column * count + row] = (float)inverse[row][column];
            return words with { Name = graph.Node("MatMul", [words.Name, graph.Constant("brackets", turned, count, count)]) };
        }
    }
}
