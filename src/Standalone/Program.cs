using Tally.Standalone.Agent;
using Tally.Standalone.Configuration;
using Tally.Standalone.Hosting;

if (args.Contains("--help"))
{
    Console.WriteLine(OptionsReader.Usage);
    return StandaloneRun.Success;
}

var (options, errors) = new OptionsReader(Environment.GetEnvironmentVariable, File.ReadAllText).Read(args);
if (errors.Count == 0)
{
    errors = [.. SectionReader.Open(options).Check(), .. AgentKey.Check(options)];
}

if (errors.Count > 0)
{
    foreach (var error in errors)
    {
        Console.Error.WriteLine(error);
    }

    return StandaloneRun.WrongOptions;
}

return await StandaloneRun.Run(options);
