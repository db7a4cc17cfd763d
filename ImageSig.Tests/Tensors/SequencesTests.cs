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
