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
