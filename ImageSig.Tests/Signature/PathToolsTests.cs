using FsCheck.Xunit;
using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tests.Support;
using static ImageSig.Tests.Signature.SignatureLawTests;

namespace ImageSig.Tests.Signature;

/// <summary>What stands around the transform: products, steps, scaling, intervals, windows, augmentations, the kernel.</summary>
[Properties(Arbitrary = [typeof(PathShape)])]
public class PathToolsTests
{
    [SharedFact("golden")]
    public void Combining_joining_and_scaling_equal_the_libraries()
    {
        foreach (GoldenCase golden in GoldenArrays.With("combine_sig"))
        {
            var transform = new SignatureTransform(golden.Channels, golden.Depth);
            int features = transform.Layout.Length;
            double[] signatures = golden["sig"], other = new double[signatures.Length], actual = new double[signatures.Length];
            transform.Forward<double>(golden["combine_other"], golden.Batch, golden.Shape("combine_other")[1], other);
            transform.Combine<double>(signatures, other, golden.Batch, actual);
            GoldenArrays.AssertClose($"{golden} combine", golden["combine_sig"], actual, 1e-12, features);
            if (!golden.Has("join_sig"))
                continue;

            signatures.CopyTo(actual, 0);
            transform.Join<double>(actual, golden["join_seg"], golden.Batch);
            GoldenArrays.AssertClose($"{golden} join", golden["join_sig"], actual, 1e-12, features);

            signatures.CopyTo(actual, 0);
            double[] factors = golden["scale_by"];
            for (int path = 0; path < golden.Batch; path++)
                TensorAlgebra.ScaleChannels<double>(transform.Layout, actual.AsSpan(path * features, features), factors.AsSpan(path * golden.Channels, golden.Channels));
            GoldenArrays.AssertClose($"{golden} scale", golden["scale_sig"], actual, 1e-12, features);
        }
    }

    [SharedFact("golden")]
    public void Intervals_equal_the_libraries()
    {
        foreach (GoldenCase golden in GoldenArrays.With("interval_sig"))
        {
            var logarithm = new LogSignatureTransform(golden.Channels, golden.Depth, LogSignatureBasis.Words);
            int features = logarithm.Layout.Length, row = golden.Length * golden.Channels;
            double[] paths = golden["path"], signatures = golden["interval_sig"], logs = golden["interval_logsig_words"];
            int[][] intervals = [.. golden.Entry.GetProperty("intervals").EnumerateArray().Select(pair => pair.EnumerateArray().Select(end => end.GetInt32()).ToArray())];
            for (int index = 0; index < intervals.Length; index++)
                for (int batch = 0; batch < golden.Batch; batch++)
                {
                    var path = new SignaturePath<double>(golden.Channels, golden.Depth);
                    path.Append(paths.AsSpan(batch * row, row));
                    double[] signature = new double[features], log = new double[logarithm.Length];
                    path.Signature(intervals[index][0], intervals[index][1], signature);
                    path.LogSignature(intervals[index][0], intervals[index][1], logarithm, log);
                    int at = index * golden.Batch + batch;
                    GoldenArrays.AssertClose($"{golden} interval", signatures.AsSpan(at * features, features), signature, 1e-12);
                    // The library divides the signature up to the start out of that up to the end, and loses what cancels: against 60 decimal
                    // digits its value is off by 1.6e-12 in d06, interval 6…9, ours by 1e-15.
                    GoldenArrays.AssertClose($"{golden} interval log", logs.AsSpan(at * log.Length, log.Length), log, 4e-12);
                }
        }
    }

    [Fact]
    public void Any_interval_equals_the_direct_computation()
    {
        const int Points = 300, Channels = 2, Depth = 3;
        double[] points = RandomPaths.Uniform(1, 1, Points, Channels);
        var path = new SignaturePath<double>(Channels, Depth);
        var random = new Random(1);
        for (int start = 0; start < Points;)
        {
            int count = Math.Min(random.Next(1, 30), Points - start);
            path.Append(points.AsSpan(start * Channels, count * Channels));
            start += count;
        }
        var actual = new double[path.Layout.Length];
        for (int trial = 0; trial < 3000; trial++)
        {
            int start = random.Next(Points), end = random.Next(start + 1, Points + 1);
            path.Signature(start, end, actual);
            Assert.True(Near(RandomPaths.Signature(points[(start * Channels)..(end * Channels)], Channels, Depth), actual, 1e-12), $"{start}…{end}");
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => path.Signature(5, 5, actual));
        Assert.Throws<ArgumentOutOfRangeException>(() => path.Signature(0, Points + 1, actual));
    }

    [Property]
    public bool Intervals_of_random_shapes_equal_the_direct_computation(PathShape shape)
    {
        double[] points = shape.Path(), actual = new double[shape.Layout.Length];
        var path = new SignaturePath<double>(shape.Channels, shape.Depth);
        path.Append(points);
        var logarithm = new LogSignatureTransform(shape.Channels, shape.Depth, (LogSignatureBasis)(shape.Seed % 3));
        var log = new double[logarithm.Length];
        for (int start = 0; start < shape.Points; start++)
        {
            int end = start + 1 + (shape.Seed + start) % (shape.Points - start);
            double[] piece = points[(start * shape.Channels)..(end * shape.Channels)];
            path.Signature(start, end, actual);
            path.LogSignature(start, end, logarithm, log);
            if (!Near(shape.SignatureOf(piece), actual) || !Near(LogSignatureTests.LogSignature(piece, shape.Channels, shape.Depth, logarithm.Basis), log))
                return false;
        }
        return true;
    }

    [Property]
    public bool Windows_of_random_shapes_equal_the_direct_computation(PathShape shape)
    {
        double[] points = shape.Path();
        int size = 1 + shape.Seed % shape.Points, step = 1 + shape.Seed % 3;
        var transform = new SignatureTransform(shape.Channels, shape.Depth);
        foreach (IReadOnlyList<PathWindow> windows in new[] { PathWindow.Sliding(shape.Points, size, step), PathWindow.Expanding(shape.Points, size, step) })
        {
            var actual = new double[windows.Count * shape.Layout.Length];
            transform.Windows<double>(points, 1, shape.Points, windows, actual);
            for (int index = 0; index < windows.Count; index++)
            {
                double[] piece = points[(windows[index].Start * shape.Channels)..(windows[index].End * shape.Channels)];
                if (!actual.AsSpan(index * shape.Layout.Length, shape.Layout.Length).SequenceEqual(shape.SignatureOf(piece)))
                    return false;
            }
        }
        return true;
    }

    [Fact]
    public async Task Readers_see_whole_intervals_while_one_thread_appends()
    {
        double[] points = RandomPaths.Uniform(2, 1, 4000, 2);
        var path = new SignaturePath<double>(2, 2);
        Task writer = Task.Run(() =>
        {
            for (int point = 0; point < 4000; point++)
                path.Append(points.AsSpan(point * 2, 2));
        });
        var actual = new double[path.Layout.Length];
        var random = new Random(3);
        do
        {
            int count = path.Count;
            if (count < 2)
                continue;
            int start = random.Next(count - 1);
            path.Signature(start, count, actual);
            Assert.Equal(points[count * 2 - 2] - points[start * 2], actual[0], 1e-9);
        }
        while (!writer.IsCompleted);
        await writer;
    }

    [Fact]
    public void A_running_signature_has_the_whole_paths_bits()
    {
        double[] points = RandomPaths.Uniform(4, 1, 40, 3);
        var running = new RunningSignature<double>(3, 4);
        for (int point = 0; point < 40; point++)
        {
            running.Append(points.AsSpan(point * 3, 3));
            Assert.Equal(RandomPaths.Signature(points[..((point + 1) * 3)], 3, 4), running.Signature.ToArray());
        }
        running.Clear();
        Assert.Equal(0, running.Count);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(5, 7)]
    [InlineData(8, 24)]
    [InlineData(31, 9)]
    public void A_running_signature_has_the_same_bits_however_its_points_come(int first, int next)
    {
        double[] points = RandomPaths.Uniform(6, 1, 40, 3);
        var running = new RunningSignature<double>(3, 4);
        running.Append(points.AsSpan(0, first * 3));
        running.Append(points.AsSpan(first * 3, next * 3));
        running.Append(points.AsSpan((first + next) * 3));
        Assert.Equal(RandomPaths.Signature(points, 3, 4), running.Signature.ToArray());
        Assert.Equal(40, running.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Thousands_of_windows_in_threads_have_the_bits_of_each_by_itself(int batch)
    {
        const int Points = 2600;
        float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(7, batch, Points, 4));
        PathWindow[] windows = [.. PathWindow.Sliding(Points, 30, 1), .. PathWindow.Expanding(40, 9, 10), .. PathWindow.Sliding(Points, 3, 50), new PathWindow(7, 7 + 3), new PathWindow(7, 7 + 3)];
        var transform = new SignatureTransform(4, 3);
        int features = transform.Layout.Length;
        float[] one = new float[batch * windows.Length * features], several = new float[one.Length], expected = new float[features];
        transform.Windows<float>(paths, batch, Points, windows, one);
        transform.Windows<float>(paths, batch, Points, windows, several, threads: 3);
        Assert.Equal(one, several);
        for (int path = 0; path < batch; path++)
            for (int index = 0; index < windows.Length; index++)
            {
                (int start, int end) = windows[index];
                transform.Forward<float>(paths.AsSpan((path * Points + start) * 4, (end - start) * 4), 1, end - start, expected);
                Assert.True(expected.AsSpan().SequenceEqual(one.AsSpan((path * windows.Length + index) * features, features)), $"path {path}, window {index}");
            }
    }

    [Fact]
    public void Windows_have_the_bits_of_the_direct_computation()
    {
        const int Points = 23, Batch = 3;
        double[] paths = RandomPaths.Uniform(5, Batch, Points, 3);
        foreach (var options in new SignatureOptions[] { new(), new() { Basepoint = true }, new() { Inverse = true } })
            foreach (IReadOnlyList<PathWindow> windows in new[] { PathWindow.Sliding(Points, 6, 4), PathWindow.Expanding(Points, 1, 5), [new PathWindow(0, 23), new PathWindow(3, 4)] })
            {
                var transform = new SignatureTransform(3, 3, options);
                int features = transform.Layout.Length;
                var actual = new double[Batch * windows.Count * features];
                transform.Windows<double>(paths, Batch, Points, windows, actual);
                var expected = new double[features];
                for (int path = 0; path < Batch; path++)
                    for (int index = 0; index < windows.Count; index++)
                    {
                        (int start, int end) = windows[index];
                        transform.Forward<double>(paths.AsSpan((path * Points + start) * 3, (end - start) * 3), 1, end - start, expected);
                        Assert.Equal(expected, actual.AsSpan((path * windows.Count + index) * features, features).ToArray());
                    }
            }
        Assert.Equal(5, PathWindow.Sliding(Points, 6, 4).Count);
    }

    [SharedFact("golden")]
    public void Time_and_lead_lag_equal_the_libraries()
    {
        foreach ((string array, string names) in new[] { ("tf_timeaug", "time"), ("tf_leadlag", "lead-lag"), ("tf_timeaug_leadlag", "lead-lag,time") })
            foreach (GoldenCase golden in GoldenArrays.With(array))
            {
                var augmentations = PathAugmentations.Parse(names);
                double[] paths = augmentations.Forward<double>(golden["path"], golden.Batch, golden.Length, golden.Channels);
                GoldenArrays.AssertClose($"{golden} {array}", golden[array], paths, 1e-15);
                (int length, int channels) = augmentations.OutputShape(golden.Length, golden.Channels);
                var transform = new SignatureTransform(channels, golden.Entry.GetProperty("tf_depth").GetInt32());
                double[] expected = golden[array + "_sig"], actual = new double[expected.Length];
                transform.Forward<double>(paths, golden.Batch, length, actual);
                GoldenArrays.AssertClose($"{golden} {array}_sig", expected, actual, 1e-12, transform.Layout.Length);
            }
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(-3.3)]
    [InlineData(1e308)]
    public void Time_ends_where_it_is_told_to_and_is_finite_on_the_way(double end)
    {
        PathAugmentations time = new(new PathAugmentation.Time(end));
        for (int length = 2; length < 300; length++)
        {
            double[] path = time.Forward<double>(new double[length], 1, length, 1);
            Assert.Equal(end, path[^1]);
            Assert.All(path, value => Assert.True(double.IsFinite(value)));
        }
    }

    [Property]
    public bool The_gradient_of_every_augmentation_is_its_transpose(PathShape shape)
    {
        string[] all = ["time", "lead-lag", "basepoint", "invisibility-reset", "cumulative-sum", "scale=0.5"];
        var random = new Random(shape.Seed);
        var augmentations = PathAugmentations.Parse(string.Join(',', Enumerable.Range(0, 3).Select(_ => all[random.Next(all.Length)])));
        (int length, int channels) = augmentations.OutputShape(shape.Points, shape.Channels);
        // Affine: f(x) − f(0) = A x, and ⟨A x, y⟩ = ⟨x, Aᵀ y⟩.
        double[] x = shape.Path(), y = RandomPaths.Uniform(shape.Seed, 1, length, channels);
        double[] moved = augmentations.Forward<double>(x, 1, shape.Points, shape.Channels), zero = augmentations.Forward<double>(new double[x.Length], 1, shape.Points, shape.Channels);
        double[] back = augmentations.Backward<double>(y, 1, shape.Points, shape.Channels);
        double left = moved.Zip(zero, (a, b) => a - b).Zip(y, (a, b) => a * b).Sum(), right = x.Zip(back, (a, b) => a * b).Sum();
        return Math.Abs(left - right) < 1e-9 * (1 + Math.Abs(left));
    }

    [Theory]
    [InlineData("")]
    [InlineData("lead-lag")]
    [InlineData("scale=2,time,lead-lag,basepoint,invisibility-reset,cumulative-sum")]
    public void Augmentations_into_given_memory_are_those_path_by_path(string names)
    {
        const int Batch = 3, Points = 7, Channels = 2;
        var augmentations = PathAugmentations.Parse(names);
        (int length, int channels) = augmentations.OutputShape(Points, Channels);
        double[] paths = RandomPaths.Uniform(1, Batch, Points, Channels), cotangents = RandomPaths.Uniform(2, Batch, length, channels);
        double[] changed = new double[cotangents.Length], gradients = new double[paths.Length];
        Array.Fill(changed, double.NaN);
        Array.Fill(gradients, double.NaN);
        augmentations.Forward<double>(paths, Batch, Points, Channels, changed);
        augmentations.Backward<double>(cotangents, Batch, Points, Channels, gradients);
        Assert.Equal(changed, augmentations.Forward<double>(paths, Batch, Points, Channels));
        Assert.Equal(gradients, augmentations.Backward<double>(cotangents, Batch, Points, Channels));
        for (int path = 0; path < Batch; path++)
        {
            // One step after the other, one path after the other.
            double[] one = paths[(path * Points * Channels)..((path + 1) * Points * Channels)];
            (int Length, int Channels) shape = (Points, Channels);
            foreach (PathAugmentation step in augmentations.Steps)
            {
                one = new PathAugmentations(step).Forward<double>(one, 1, shape.Length, shape.Channels);
                shape = step.OutputShape(shape.Length, shape.Channels);
            }
            Assert.Equal(one, changed[(path * length * channels)..((path + 1) * length * channels)]);
        }
    }

    [Fact]
    public void Memory_that_does_not_hold_the_changed_paths_is_refused()
    {
        var augmentations = PathAugmentations.Parse("lead-lag");
        double[] memory = new double[12];
        Assert.Equal("PathAugmentations.Forward: result must be [1, 3, 4] with at least one point and channel, but holds 11 numbers. (Parameter 'result')",
            Assert.Throws<ArgumentException>(() => augmentations.Forward<double>(new double[4], 1, 2, 2, new double[11])).Message);
        Assert.Equal("PathAugmentations.Backward: gradients must be [1, 2, 2] with at least one point and channel, but holds 3 numbers. (Parameter 'gradients')",
            Assert.Throws<ArgumentException>(() => augmentations.Backward<double>(memory, 1, 2, 2, new double[3])).Message);
        Assert.StartsWith("PathAugmentations.Forward: the result overlaps the paths, which are in use;",
            Assert.Throws<ArgumentException>(() => augmentations.Forward<double>(memory.AsSpan(0, 4), 1, 2, 2, memory)).Message, StringComparison.Ordinal);
        Assert.StartsWith("PathAugmentations.Backward: the gradients overlap the cotangents, which are in use;",
            Assert.Throws<ArgumentException>(() => augmentations.Backward<double>(memory, 1, 2, 2, memory.AsSpan(0, 4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_augmentation_is_named_with_the_known_ones() =>
        Assert.StartsWith("'leadlag' is no augmentation; known are time, lead-lag,", Assert.Throws<SettingException>(() => PathAugmentations.Parse("time,leadlag")).Message, StringComparison.Ordinal);

    [SharedFact("golden")]
    public void The_signature_kernel_equals_the_libraries()
    {
        for (int order = 0; order < 3; order++)
            foreach (GoldenCase golden in GoldenArrays.With($"sigkernel_dy{order}"))
            {
                var kernel = new PathKernel(golden.Channels, order);
                double[] left = golden["path"], right = golden["combine_other"], actual = new double[golden.Batch];
                for (int path = 0; path < golden.Batch; path++)
                    actual[path] = kernel.Evaluate<double>(left.AsSpan(path * left.Length / golden.Batch, left.Length / golden.Batch), right.AsSpan(path * right.Length / golden.Batch, right.Length / golden.Batch));
                GoldenArrays.AssertClose($"{golden} order {order}", golden[$"sigkernel_dy{order}"], actual, 1e-10, 1);
            }
    }

    [Fact]
    public void The_kernel_is_the_inner_product_of_deep_signatures()
    {
        double[] left = RandomPaths.Uniform(1, 1, 4, 2, 0.4), right = RandomPaths.Uniform(2, 1, 5, 2, 0.4);
        double product = 1 + RandomPaths.Signature(left, 2, 12).Zip(RandomPaths.Signature(right, 2, 12), (a, b) => a * b).Sum();
        Assert.Equal(product, new PathKernel(2, 8).Evaluate<double>(left, right), 1e-6);
        var gram = new double[4];
        new PathKernel(2, 1).Gram<double>([.. left, .. left], [.. right, .. right], 2, 2, gram);
        Assert.All(gram, value => Assert.Equal(gram[0], value));
    }

    [Fact]
    public void The_Gram_matrixs_gradient_equals_finite_differences()
    {
        const double Step = 1e-6;
        var kernel = new PathKernel(2, 1);
        double[] left = RandomPaths.Uniform(1, 3, 4, 2), right = RandomPaths.Uniform(2, 2, 5, 2), cotangents = RandomPaths.Uniform(3, 1, 3, 2);
        double[] leftGradients = new double[left.Length], rightGradients = new double[right.Length];
        kernel.GramBackward<double>(left, right, 3, 2, cotangents, leftGradients, rightGradients);
        foreach ((double[] paths, double[] gradients) in new[] { (left, leftGradients), (right, rightGradients) })
            for (int index = 0; index < paths.Length; index++)
            {
                double saved = paths[index];
                paths[index] = saved + Step;
                double up = Value();
                paths[index] = saved - Step;
                double down = Value();
                paths[index] = saved;
                Assert.Equal((up - down) / (2 * Step), gradients[index], 1e-7);
            }
        Assert.StartsWith("PathKernel.GramBackward: 24 numbers in 3 paths against 20 in 2, cotangents of 5;",
            Assert.Throws<ArgumentException>(() => kernel.GramBackward<double>(left, right, 3, 2, cotangents.AsSpan(1), leftGradients, rightGradients)).Message, StringComparison.Ordinal);

        double Value()
        {
            var gram = new double[6];
            kernel.Gram<double>(left, right, 3, 2, gram);
            return gram.Zip(cotangents, (value, weight) => value * weight).Sum();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void The_kernels_gradient_equals_finite_differences(int order)
    {
        const double Step = 1e-6;
        var kernel = new PathKernel(3, order);
        double[] left = RandomPaths.Uniform(1, 1, 5, 3), right = RandomPaths.Uniform(2, 1, 4, 3);
        double[] leftGradient = new double[left.Length], rightGradient = new double[right.Length];
        double value = kernel.Backward<double>(left, right, leftGradient, rightGradient);
        Assert.Equal(kernel.Evaluate<double>(left, right), value, 1e-14);
        foreach ((double[] path, double[] gradient) in new[] { (left, leftGradient), (right, rightGradient) })
            for (int index = 0; index < path.Length; index++)
            {
                double saved = path[index];
                path[index] = saved + Step;
                double up = kernel.Evaluate<double>(left, right);
                path[index] = saved - Step;
                double down = kernel.Evaluate<double>(left, right);
                path[index] = saved;
                Assert.Equal((up - down) / (2 * Step), gradient[index], 1e-7);
            }
    }
}
