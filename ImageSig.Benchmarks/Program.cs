using ImageSig.Benchmarks.Results;
using ImageSig.Benchmarks.Running;

BenchmarkArguments arguments;
BenchmarkRun run;
try
{
    arguments = BenchmarkArguments.Parse(args);
    run = new(arguments);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(BenchmarkArguments.Usage);
    return 2;
}
Programs.Prepare();
if (run.Run() is not { } results)
    return 1;
string page = BenchmarkText.Page(results);
Console.WriteLine(page);
string? folder = arguments.Output ?? (arguments.Only.Count == 0 ? Path.Combine("docs", "benchmarks") : null);
if (folder is not null)
    results.Write(folder);
return 0;
