// A vendor's own web application, with Tally inside: it needs no process and no server more. What is Tally's is marked.

using Tally.Api.Hosting;
using Tally.Api.Tenants;
using Tally.Embedded;
using Tally.Grains.Hosting;
using Tally.Silo.Sqlite;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<Thumbnails>();

builder.Host.UseOrleans(silo =>
{
    silo.UseLocalhostClustering(
        builder.Configuration.GetValue("SiloPort", 11_111), builder.Configuration.GetValue("GatewayPort", 30_000));

    // Tally: where usage is kept, and how it is metered. Usage goes to AWS Marketplace with the credentials that any
    // AWS tool would find, or through an IAmazonAWSMarketplaceMetering that is registered.
    silo.AddSqliteStores(new() { Path = builder.Configuration["UsageFile"] ?? "usage.db" });
    silo.AddTally(tally => builder.Configuration.Bind("Tally", tally));
});

// Tally: its HTTP API, beside the application's own pages, and the key that its users show.
builder.Services.AddTallyApi(api => (api.Pages, api.UnknownRoutes) = (false, false));
builder.Services.AddHostedService(services =>
    new FirstTenant(services.GetRequiredService<IGrainFactory>(), builder.Configuration["TALLY_ADMIN_KEY"]));

var app = builder.Build();
app.MapGet("/", () => "Thumbnails, a picture at a time.");
app.MapGet("/thumbnails/{customer}", (string customer, Thumbnails thumbnails) => thumbnails.Make(customer));

// Tally: /v1 and /health.
app.MapTallyApi();
app.Run();
