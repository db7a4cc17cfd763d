namespace ImageSig;

/// <summary>What is known of each image of an <see cref="ImageSet"/>: its class (<see cref="ClassTargets"/>), or answers to questions
/// (<see cref="AnswerTargets"/>).</summary>
public abstract record Targets
{
    /// <summary>N: how many images.</summary>
    public abstract int Count { get; }

    /// <summary>The names of the classes, or the questions: one for each output of a model.</summary>
    public abstract IReadOnlyList<string> Names { get; }
}

/// <summary>Every image belongs to one class.</summary>
public sealed record ClassTargets : Targets
{
    /// <summary>Classes and the class of every image.</summary>
    /// <param name="classes">Different names, in the order of a model's outputs.</param>
    /// <param name="labels">[N], each the index of a class.</param>
    /// <exception cref="ArgumentException">A name is missing or occurs twice, or a label is the index of no class.</exception>
    public ClassTargets(IReadOnlyList<string> classes, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(labels);
        if (classes.Any(string.IsNullOrEmpty))
            throw new ArgumentException("ClassTargets: a class has no name.", nameof(classes));
        if (classes.Distinct(StringComparer.Ordinal).Count() != classes.Count)
            throw new ArgumentException($"ClassTargets: a class is named twice in {string.Join(", ", classes)}.", nameof(classes));
        foreach (int label in labels)
            if (label < 0 || label >= classes.Count)
                throw new ArgumentException($"ClassTargets: an image has label {label}; 0 to {classes.Count - 1} was expected.", nameof(labels));
        (Classes, Labels) = (classes, labels);
    }

    /// <summary>The names of the classes, in the order of a model's outputs.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>[N], the index of each image's class.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <inheritdoc/>
    public override int Count => Labels.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => Classes;
}

/// <summary>Every image answers the same questions with yes or no; an answer may be missing.</summary>
public sealed record AnswerTargets : Targets
{
    /// <summary>Questions and the answers of every image.</summary>
    /// <param name="questions">Q different names.</param>
    /// <param name="answers">[N][Q]; null where the answer is not known.</param>
    /// <exception cref="ArgumentException">A question is missing or occurs twice, or an image has another number of answers.</exception>
    public AnswerTargets(IReadOnlyList<string> questions, IReadOnlyList<IReadOnlyList<bool?>> answers)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(answers);
        if (questions.Any(string.IsNullOrEmpty))
            throw new ArgumentException("AnswerTargets: a question has no name.", nameof(questions));
        if (questions.Distinct(StringComparer.Ordinal).Count() != questions.Count)
            throw new ArgumentException($"AnswerTargets: a question is named twice in {string.Join(", ", questions)}.", nameof(questions));
        foreach (IReadOnlyList<bool?> image in answers)
            if (image.Count != questions.Count)
                throw new ArgumentException($"AnswerTargets: an image has {image.Count} answers to {questions.Count} questions.", nameof(answers));
        (Questions, Answers) = (questions, answers);
    }

    /// <summary>What is asked of every image.</summary>
    public IReadOnlyList<string> Questions { get; }

    /// <summary>[N][Q]; null where the answer is not known.</summary>
    public IReadOnlyList<IReadOnlyList<bool?>> Answers { get; }

    /// <inheritdoc/>
    public override int Count => Answers.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => Questions;
}
