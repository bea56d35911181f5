using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Runtime;
using Tally.Postgres;

namespace Tally.Silo.Program;

/// <summary>A member of the cluster, as a program.</summary>
internal static class SiloProgram
{
    private const int Success = 0;
    private const int CannotStart = 1;
    private const int WrongOptions = 2;
    private const string MigrateCommand = "migrate";

    /// <summary>Runs until it is told to stop.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The exit code: 0 for a clean stop, 1 when something is not to be had, 2 for wrong options.</returns>
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments.Contains("--help"))
        {
            Console.WriteLine(SiloSettingsReader.Usage);
            return Success;
        }

        var migrates = arguments is [MigrateCommand, ..];
        var (settings, errors) = new SiloSettingsReader(Environment.GetEnvironmentVariable, File.ReadAllText)
            .Read(migrates ? arguments[1..] : arguments);
        if (errors.Count == 0)
        {
            errors = SiloSettingsReader.CheckSections(settings);
        }

        if (errors.Count > 0)
        {
            foreach (var error in errors)
            {
                await Console.Error.WriteLineAsync(error);
            }

            return WrongOptions;
        }

        return await Try(migrates ? Migrate(settings) : Run(settings));
    }

    private static async Task<int> Try(Task running)
    {
        try
        {
            await running;
            return Success;
        }
        catch (Exception exception) when (exception is OptionsValidationException or PostgresSchemaException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return WrongOptions;
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or SocketException
            or OrleansException or TimeoutException)
        {
            await Console.Error.WriteLineAsync($"The silo could not start: {exception.Message}");
            return CannotStart;
        }
    }

    private static async Task Migrate(SiloSettings settings)
    {
        await using var database = NpgsqlDataSource.Create(settings.Postgres!);
        var applied = await PostgresSchema.Migrate(database);
        Console.WriteLine($"The database has version {PostgresSchema.Version} of the schema; {applied} files applied.");
    }

    private static async Task Run(SiloSettings settings)
    {
        using var host = SiloHost.Build(settings);
        await host.StartAsync();
        var address = host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        Console.WriteLine($"The silo {address} is a member of the cluster {settings.ClusterId}.");
        await host.WaitForShutdownAsync();
        Console.WriteLine("Stopped; what it served is served by the other silos.");
    }
}
