using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Runtime;

namespace Tally.Api.Program;

/// <summary>A process of the HTTP API, as a program.</summary>
internal static class ApiProgram
{
    private const int Success = 0;
    private const int CannotStart = 1;
    private const int WrongOptions = 2;

    /// <summary>Runs until it is told to stop.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The exit code: 0 for a clean stop, 1 when something is not to be had, 2 for wrong options.</returns>
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments.Contains("--help"))
        {
            Console.WriteLine(ApiSettingsReader.Usage);
            return Success;
        }

        var (settings, errors) = new ApiSettingsReader(Environment.GetEnvironmentVariable, File.ReadAllText)
            .Read(arguments);
        if (errors.Count == 0)
        {
            errors = ApiSettingsReader.CheckSections(settings);
        }

        if (errors.Count > 0)
        {
            foreach (var error in errors)
            {
                await Console.Error.WriteLineAsync(error);
            }

            return WrongOptions;
        }

        try
        {
            await using var app = ApiHost.Build(settings);
            await app.StartAsync();
            Console.WriteLine($"Tally serves at http://{settings.Host}:{settings.Port}, API reference at /docs.");
            await app.WaitForShutdownAsync();
            return Success;
        }
        catch (OptionsValidationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return WrongOptions;
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or SocketException
            or OrleansException or TimeoutException)
        {
            await Console.Error.WriteLineAsync($"The HTTP API could not start: {exception.Message}");
            return CannotStart;
        }
    }
}
