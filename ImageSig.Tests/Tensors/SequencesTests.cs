namespace ImageSig.Tests.Tensors;

public class SequencesTests
{
    [Fact]
    public void They_give_what_the_methods_of_LINQ_give()
    {
        for (int length = 0; length < 9; length++)
        {
            int[] numbers = [.. Enumerable.Range(3, length)];
            Assert.Equal(Enumerable.Select(numbers, number => number * 2.5), Sequences.Select(numbers, number => number * 2.5));
            Assert.Equal(Enumerable.Select(numbers, (number, index) => (number, index)), Sequences.Select(numbers, (number, index) => (number, index)));
            Assert.Equal(Enumerable.Where(numbers, number => number % 3 > 0), Sequences.Where(numbers, number => number % 3 > 0));
            Assert.Equal(Enumerable.SelectMany(numbers, number => new string('x', number)), Sequences.SelectMany(numbers, number => new string('x', number)));
            Assert.Equal(Enumerable.Append(numbers, 1), Sequences.Append(numbers, 1));
            Assert.Equal(Enumerable.Concat(numbers, [1, 2]), Sequences.Concat(numbers, [1, 2]));
            Assert.Equal(Enumerable.OfType<IComparable<int>>(numbers), Sequences.OfType<IComparable<int>>(numbers));
            for (int count = -1; count < 10; count++)
            {
                Assert.Equal(Enumerable.Skip(numbers, count), Sequences.Skip(numbers, count));
                Assert.Equal(Enumerable.Take(numbers, count), Sequences.Take(numbers, count));
                int[] others = [.. Enumerable.Range(0, Math.Max(0, count))];
                Assert.Equal(Enumerable.Zip(numbers, others), Sequences.Zip(numbers, others));
                Assert.Equal(Enumerable.Zip(numbers, others, (one, other) => one * other), Sequences.Zip(numbers, others, (one, other) => one * other));
            }
        }
    }

    [Fact]
    public void They_sort_and_tell_apart_as_LINQ_does_and_leave_what_is_equal_in_its_order()
    {
        Random random = new(1);
        for (int length = 0; length < 40; length++)
        {
            (double Key, int Place)[] pairs = [.. Enumerable.Range(0, length).Select(place => (random.Next(6) is int key and < 5 ? key : double.NaN, place))];
            string[] words = [.. pairs.Select(pair => $"{(pair.Place % 2 == 0 ? "a" : "A")}{pair.Key}")];
            Assert.Equal(Enumerable.OrderBy(pairs, pair => pair.Key), Sequences.OrderBy(pairs, pair => pair.Key));
            Assert.Equal(Enumerable.OrderByDescending(pairs, pair => pair.Key), Sequences.OrderByDescending(pairs, pair => pair.Key));
            Assert.Equal(Enumerable.OrderBy(words, word => word, StringComparer.OrdinalIgnoreCase), Sequences.Order(words, StringComparer.OrdinalIgnoreCase));
            Assert.Equal(Enumerable.Order(words), Sequences.Order(words));
            Assert.Equal(Enumerable.Distinct(words), Sequences.Distinct(words));
            Assert.Equal(Enumerable.Distinct(words, StringComparer.OrdinalIgnoreCase), Sequences.Distinct(words, StringComparer.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void They_make_one_value_of_all_as_LINQ_does()
    {
        Random random = new(2);
        for (int length = 1; length < 40; length++)
        {
            (double Key, int Place)[] pairs = [.. Enumerable.Range(0, length).Select(place => (random.Next(6) is int key and < 5 ? key - 2 : double.NaN, place))];
            int[] numbers = [.. pairs.Select(pair => random.Next(-9, 9))];
            Assert.Equal(Enumerable.Max(pairs, pair => pair.Key), Sequences.Max(pairs, pair => pair.Key));
            Assert.Equal(Enumerable.Min(pairs, pair => pair.Key), Sequences.Min(pairs, pair => pair.Key));
            Assert.Equal(Enumerable.MaxBy(numbers.Index(), item => item.Item), Sequences.MaxBy(numbers.Index(), item => item.Item));
            Assert.Equal(Enumerable.MinBy(numbers.Index(), item => item.Item), Sequences.MinBy(numbers.Index(), item => item.Item));
            Assert.Equal((Enumerable.Max(numbers), Enumerable.Min(numbers), Enumerable.Sum(numbers)), (Sequences.Max(numbers), Sequences.Min(numbers), Sequences.Sum(numbers)));
            Assert.Equal(Enumerable.Sum(pairs, pair => pair.Place * 0.1), Sequences.Sum(pairs, pair => pair.Place * 0.1));
            Assert.Equal(Enumerable.Average(pairs, pair => pair.Place * 0.1), Sequences.Average(pairs, pair => pair.Place * 0.1));
            Assert.Equal(Enumerable.Aggregate(numbers, "", (text, number) => text + number), Sequences.Aggregate(numbers, "", (text, number) => text + number));
        }
        Assert.Throws<OverflowException>(() => Sequences.Sum([int.MaxValue, 1]));
        // Unlike LINQ's: of nothing the mean is no number, and there is no best item, be it of a class.
        Assert.Equal(double.NaN, Sequences.Average([]));
        Assert.Throws<InvalidOperationException>(() => Sequences.MinBy(Array.Empty<string>(), word => word.Length));
    }

    [Fact]
    public void They_answer_and_collect_as_LINQ_does()
    {
        for (int length = 0; length < 12; length++)
        {
            int[] numbers = [.. Enumerable.Range(0, length).Select(number => number * 7 % 5)];
            IEnumerable<int> lazy = numbers.Where(number => number < 100);
            foreach (int limit in (int[])[-1, 2, 9])
            {
                Assert.Equal((Enumerable.All(numbers, number => number < limit), Enumerable.Any(numbers, number => number < limit)), (Sequences.All(numbers, number => number < limit), Sequences.Any(numbers, number => number < limit)));
                Assert.Equal((Enumerable.Count(numbers, number => number < limit), Enumerable.Contains(numbers, limit)), (Sequences.Count(numbers, number => number < limit), Sequences.Contains(lazy, limit)));
                Assert.Equal(Enumerable.FirstOrDefault(numbers, number => number > limit, 77), Sequences.FirstOrDefault(numbers, number => number > limit, 77));
                Assert.Equal(Enumerable.TakeWhile(numbers, number => number < limit), Sequences.TakeWhile(numbers, number => number < limit));
                Assert.Equal(Enumerable.Except(numbers, [limit]), Sequences.Except(numbers, [limit]));
            }
            Assert.Equal((Enumerable.Any(lazy), Enumerable.Count(lazy), Enumerable.FirstOrDefault(lazy)), (Sequences.Any(lazy), Sequences.Count(lazy), Sequences.FirstOrDefault(lazy)));
            Assert.Equal(Enumerable.Reverse(numbers), Sequences.Reverse(numbers));
            Assert.Equal(Enumerable.Range(3, length), Sequences.Range(3, length));
            Assert.Equal(Enumerable.Repeat("a", length), Sequences.Repeat("a", length));
            Assert.Equal(Enumerable.Where(numbers, (number, index) => number < index), Sequences.Where(numbers, (number, index) => number < index));
            Assert.Equal(Enumerable.SelectMany(numbers, (number, index) => Enumerable.Repeat(number, index)), Sequences.SelectMany(numbers, (number, index) => Enumerable.Repeat(number, index)));
            Assert.Equal(Enumerable.ToDictionary(numbers.Distinct(), number => number, number => -number), Sequences.ToDictionary(numbers.Distinct(), number => number, number => -number));
            Assert.Equal(Enumerable.GroupBy(numbers, number => number % 3).Select(group => (group.Key, string.Join(' ', group))), Sequences.GroupBy(numbers, number => number % 3).Select(group => (group.Key, string.Join(' ', group))));
            for (int size = 1; size < 5; size++)
                Assert.Equal(Enumerable.Chunk(numbers, size), Sequences.Chunk(numbers, size));
            foreach (int[] other in (int[][])[[.. numbers], [.. numbers, 1], [.. numbers.Take(3)], [.. numbers.Select(number => number + 1)]])
                Assert.Equal(Enumerable.SequenceEqual(numbers, other), Sequences.SequenceEqual(numbers, other));
        }
        Assert.Equal((3, 4), (Sequences.First([3, 4]), Sequences.First([3, 4], number => number > 3)));
        Assert.Throws<InvalidOperationException>(() => Sequences.First(Array.Empty<int>()));
        Assert.Throws<InvalidOperationException>(() => Sequences.First([3, 4], number => number > 4));
    }

    [Fact]
    public void They_take_no_more_than_they_are_asked_for()
    {
        int asked = 0;
        Assert.Equal([0, 1], Counted().Take(2));
        Assert.Equal(2, asked);
        Assert.Empty(Counted().Take(0));
        Assert.Equal(2, asked);

        IEnumerable<int> Counted()
        {
            while (true)
                yield return asked++;
        }
    }

    [Fact]
    public void They_wait_until_they_are_asked_and_can_be_asked_again()
    {
        int asked = 0;
        IEnumerable<int> twice = Sequences.Select([1, 2, 3], number =>
        {
            asked++;
            return 2 * number;
        });
        Assert.Equal(0, asked);
        Assert.Equal(2, twice.First());
        Assert.Equal(1, asked);
        Assert.Equal([2, 4, 6], twice);
        Assert.Equal([2, 4, 6], twice);
        Assert.Equal(7, asked);
    }
}
