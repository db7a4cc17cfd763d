using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig cache</c>: the folders of <c>--cache</c>.</summary>
internal static class CacheCommand
{
    public static Command Create(Terminal terminal) => new("cache", "Looks into the folders that --cache makes, and puts them together.")
    {
        Report(terminal, "info", "Says what is in a cache.", verify: false),
        Report(terminal, "verify", "Reads every picture of a cache and compares it with its checksum.", verify: true),
        Merge(terminal),
    };

    private static ExampleCommand Report(Terminal terminal, string name, string description, bool verify)
    {
        Argument<string> folder = new("FOLDER") { Description = "Folder of a cache, which train --cache or features --cache made" };
        Option<int> threads = OptionKinds.Threads();
        ExampleCommand command = new(name, description, $"imagesig cache {name} photos.cache") { folder };
        if (verify)
            command.Add(threads);
        command.SetAction((parse, cancellation) =>
        {
            string path = parse.GetRequiredValue(folder);
            IReadOnlyList<CacheReport> files = CacheReport.Of(path, verify, verify ? parse.GetValue(threads) : 1, cancellation);
            TextTable table = new(["entries of", ">entries", ">bytes each", ">replaced", .. verify ? (string[])[">damaged"] : []]);
            foreach (CacheReport file in files)
                table.Add([file.Content.Name, Quantity.Count(file.Entries), Quantity.Count(file.Content.EntryBytes), Quantity.Count(file.Replaced), .. verify ? (string[])[Quantity.Count(file.Damaged ?? 0)] : []]);
            table.Write(terminal.Results);
            PictureList? list = PictureList.Read(path);
            if (list is not null)
                terminal.Results.WriteLine($"{list.Header.Set}: {Quantity.Count(list.Images.Count)} of {Quantity.Count(list.Total)} images, {list.Images.Count(image => image.Key is null)} of them unreadable; {string.Join(", ", list.Header.Names.Select(Printable.Cell))}");
            if (list?.Missing() is { } missing)
                terminal.Results.WriteLine($"{missing}.");
            int damaged = files.Sum(file => file.Damaged ?? 0), lacking = verify && list is not null ? list.Lacking(path) : 0;
            string remedy = list is null ? "what fills the cache or trains with it makes them anew" : "imagesig cache merge of its shards, or features --cache, makes them anew";
            if (damaged > 0)
                terminal.Complain($"{path}: {Quantity.Count(damaged)} {(damaged == 1 ? "entry is" : "entries are")} damaged; {remedy}.");
            if (lacking > 0)
                terminal.Complain($"{path}: {Quantity.Count(lacking)} {(lacking == 1 ? "picture that is listed is" : "pictures that are listed are")} not there; {remedy}.");
            return Task.FromResult(damaged + lacking > 0 ? ExitCode.Failed : ExitCode.Done);
        });
        return command;
    }

    private static ExampleCommand Merge(Terminal terminal)
    {
        Argument<string[]> folders = new("FOLDER") { Description = "Folders of caches", Arity = ArgumentArity.OneOrMore };
        Option<string> output = OptionKinds.Path("--output", "FOLDER", "Cache to make, or to add to", "-o");
        output.Required = true;
        ExampleCommand command = new("merge", "Puts caches together, such as those of shards, and says what is missing.", "imagesig cache merge part-* -o photos.cache") { folders, output };
        command.SetAction((parse, cancellation) =>
        {
            string path = parse.GetRequiredValue(output);
            if (File.Exists(path))
                throw new IOException($"{path}: this is a file; a cache is a folder.");
            CacheMerge merged = CacheMerge.Run(parse.GetRequiredValue(folders), path, cancellation);
            terminal.Results.WriteLine($"{path}: {Quantity.Count(merged.Added)} {(merged.Added == 1 ? "entry" : "entries")} added{(merged.List is { } list ? $", {Quantity.Count(list.Images.Count)} of {Quantity.Count(list.Total)} images of {list.Header.Set} listed" : "")}");
            if (merged.Damaged > 0)
                terminal.Complain($"{Quantity.Count(merged.Damaged)} damaged {(merged.Damaged == 1 ? "entry was" : "entries were")} left out: fill that cache once more, and merge again.");
            foreach (string folder in merged.WithoutList)
                terminal.Complain(Directory.Exists(folder)
                    ? $"{folder} has no list of pictures: that shard did not come to its end."
                    : $"{folder} is not there: give the cache of a shard as it is called, or do that shard.");
            string? missing = merged.List?.Missing();
            if (missing is not null)
                terminal.Complain($"{missing}.");
            return Task.FromResult(missing is null && merged.Damaged == 0 ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }
}
