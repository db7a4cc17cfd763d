namespace ImageSig;

/// <summary>Finds the classes of one set among those of another set or of a model.</summary>
internal static class ClassNames
{
    /// <summary>The index among <paramref name="known"/> of each class of <paramref name="images"/>, whatever the Unicode normal form of the names:
    /// file systems do not agree on one.</summary>
    /// <param name="images">A set of classes; not all that are known need be there.</param>
    /// <param name="known">The classes to find them among.</param>
    /// <param name="lacks">Who knows them, such as <c>the model does not know the class</c>.</param>
    /// <param name="asksQuestions">Whether they are questions, and the set must have answers to such; else it must have classes.</param>
    /// <exception cref="DatasetException">A class is not known, or the set has none.</exception>
    public static int[] IndicesOf(ImageSet images, IReadOnlyList<string> known, string lacks, bool asksQuestions = false)
    {
        IReadOnlyList<string> names = asksQuestions ? images.ToQuestions().Questions : images.ToClasses().Classes;
        int[] indices = new int[names.Count];
        for (int label = 0; label < names.Count; label++)
        {
            indices[label] = IndexOf(names[label], known);
            if (indices[label] < 0)
                throw new DatasetException(
                    $"{images.NameOfClass(label)}: {lacks} '{names[label]}', only {string.Join(", ", known)}; rename or remove {(images is ImageFolder ? "the folder" : asksQuestions ? "the column" : "the class")}.");
        }
        return indices;
    }

    /// <summary>The index of one name among those known; -1 where it is not there.</summary>
    public static int IndexOf(string name, IReadOnlyList<string> known)
    {
        int exact = Find(name, other => other);
        return exact >= 0 ? exact : Find(CanonicalForm.Of(name), CanonicalForm.Of);

        int Find(string wanted, Func<string, string> form)
        {
            for (int index = 0; index < known.Count; index++)
                if (form(known[index]) == wanted)
                    return index;
            return -1;
        }
    }
}
