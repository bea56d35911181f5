using Tally.Emulator;
using Tally.EndToEnd.Hosting;

namespace Tally.EndToEnd;

/// <summary>The sample of an application with Tally inside, as a real process.</summary>
public sealed class EmbeddedTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Sample_OwnPagesAndTally_AreServedSideBySideAndUsageIsDelivered()
    {
        await using var emulator = await MarketplaceEmulator.StartAsync(new() { Port = 0, Period = Period });
        await emulator.DeclareProductAsync("thumbnails", "pictures");
        var folder = Directory.CreateTempSubdirectory("tally-embedded-");
        var port = ProgramProcess.FreePort();
        using var client = new HttpClient { BaseAddress = new($"http://localhost:{port}") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", TallyProcess.AdminKey);
        await using (var sample = new ProgramProcess("Tally.Embedded.dll"))
        {
            sample.Environment["TALLY_ADMIN_KEY"] = TallyProcess.AdminKey;
            sample.Environment["AWS_ENDPOINT_URL_MARKETPLACE_METERING"] = $"{emulator.Endpoint}";
            sample.Environment["AWS_ACCESS_KEY_ID"] = "any";
            sample.Environment["AWS_SECRET_ACCESS_KEY"] = "any";
            sample.Environment["AWS_REGION"] = "us-east-1";
            sample.Launch(
                $"--urls=http://localhost:{port}", $"--UsageFile={Path.Combine(folder.FullName, "usage.db")}",
                $"--SiloPort={ProgramProcess.FreePort()}", $"--GatewayPort={ProgramProcess.FreePort()}",
                $"--Tally:Period={Period}", "--Tally:SealDelay=00:00:01", "--Tally:FlushInterval=00:00:00.5");
            await sample.WaitUntilReady(client);
            await client.PutProduct("thumbnails", "pictures");
            Usage[] events =
            [
                new("a", "thumbnails", "anna", "pictures", 2), new("b", "thumbnails", "anna", "pictures", 3),
            ];
            Assert.Equal((2, 0), await client.Send(events));

            var page = await client.GetStringAsync("thumbnails/anna");
            Assert.Contains("for anna, who has", page, StringComparison.Ordinal);
            Assert.Contains("Thumbnails", await client.GetStringAsync(""), StringComparison.Ordinal);
            await client.WaitUntilDelivered("thumbnails");
            Assert.Equal(0, await sample.Stop(likeAServiceManager: true));
        }

        Assert.Equal(5, (await emulator.ListRecordsAsync()).Sum(record => (long)record.Quantity));
        folder.Delete(recursive: true);
    }
}
