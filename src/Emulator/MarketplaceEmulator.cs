using System.IO.Pipelines;
using System.Net.Sockets;
using Tally.Emulator.Admin;
using Tally.Emulator.Catalogue;
using Tally.Emulator.Clock;
using Tally.Emulator.Exchange;
using Tally.Emulator.Faults;
using Tally.Emulator.Hosting;
using Tally.Emulator.State;
using Tally.Emulator.State.Sqlite;
using Tally.Emulator.Wire;

namespace Tally.Emulator;

/// <summary>
/// A running stand-in of the AWS Marketplace metering service. It listens until it is disposed of, and leaves signals
/// and the console to the program that started it.
/// </summary>
public sealed class MarketplaceEmulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IEmulatorState _state;

    private MarketplaceEmulator(WebApplication app, IEmulatorState state)
    {
        _app = app;
        _state = state;
        Endpoint = new Uri(app.Urls.First());
    }

    /// <summary>Where it listens, with the port in use: what an AWS client takes as its service URL.</summary>
    public Uri Endpoint { get; }

    internal IServiceProvider Services => _app.Services;

    /// <summary>What goes wrong on purpose. Setting it starts the plan's sequence anew.</summary>
    /// <exception cref="ArgumentException">A fraction is not from 0 to 1, or the latency is out of range.</exception>
    public FaultPlan Faults
    {
        get => _app.Services.GetRequiredService<FaultInjector>().Plan;
        set
        {
            ThrowIfMistaken(value.Mistakes(), nameof(value));
            _app.Services.GetRequiredService<FaultInjector>().Plan = value;
        }
    }

    /// <summary>The last 1000 calls to the service, oldest first.</summary>
    public IReadOnlyList<RecordedCall> Calls => _app.Services.GetRequiredService<CallLog>().List();

    /// <summary>Starts one, and returns when it accepts calls.</summary>
    /// <param name="options">How it is set up; null: all defaults.</param>
    /// <param name="timeProvider">The service's clock; null: the machine's.</param>
    /// <param name="loggerFactory">Where its rare log lines go; null: nowhere.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message names every mistake.</exception>
    /// <exception cref="IOException">The address is taken, or the data directory can't be used.</exception>
    public static async Task<MarketplaceEmulator> StartAsync(
        EmulatorOptions? options = null,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new EmulatorOptions();
        ThrowIfMistaken(options.Mistakes(), nameof(options));
        IEmulatorState state = options.DataDirectory is { } folder
            ? SqliteState.Open(folder, options.Period)
            : new MemoryState();
        WebApplication? app = null;
        try
        {
            app = EmulatorHost.Build(options, state, timeProvider ?? TimeProvider.System, loggerFactory);
            await app.Services.GetRequiredService<EmulatorReset>().DeclareOptionsAsync();
            await app.StartAsync(cancellationToken);
            return new MarketplaceEmulator(app, state);
        }
        catch (Exception failure)
        {
            if (app is not null) await app.DisposeAsync();
            await state.DisposeAsync();
            if (failure is SocketException)
                throw new IOException($"Can't listen on {options.Host}: {failure.Message}", failure);
            throw;
        }
    }

    /// <summary>Makes a product known, or changes it: see <see cref="ProductDeclaration"/>.</summary>
    /// <exception cref="ArgumentException">The code or the declaration is not valid.</exception>
    public async Task DeclareProductAsync(string productCode, ProductDeclaration declaration)
    {
        ThrowIfMistaken([.. declaration.Mistakes(productCode)], nameof(declaration));
        await _app.Services.GetRequiredService<SellerCatalogue>()
            .DeclareAsync(EmulatorOptions.DefaultAccountId, productCode, declaration);
    }

    /// <summary>Makes a product known that has these dimensions and is open to all customers.</summary>
    /// <exception cref="ArgumentException">The code or a dimension is not valid.</exception>
    public Task DeclareProductAsync(string productCode, params IReadOnlyList<string> dimensions) =>
        DeclareProductAsync(productCode, new ProductDeclaration { Dimensions = dimensions, OpenToAll = true });

    /// <summary>The records that were accepted, in the order in which they came.</summary>
    /// <param name="productCode">Only those of this product; null: of all.</param>
    /// <param name="customer">Only those of this customer identifier or account id; null: of all.</param>
    /// <param name="cancellationToken">Gives up listing.</param>
    public async Task<IReadOnlyList<MeteredRecord>> ListRecordsAsync(
        string? productCode = null,
        string? customer = null,
        CancellationToken cancellationToken = default)
    {
        var records = new List<MeteredRecord>();
        var filter = new RecordFilter { ProductCode = productCode, Customer = customer };
        await foreach (var (_, record) in _state.ListAsync(filter, cancellationToken))
            records.Add(record);
        return records;
    }

    /// <summary>Forgets records, tokens, calls, faults and products, but for the products of the options.</summary>
    public Task ResetAsync() => _app.Services.GetRequiredService<EmulatorReset>().RunAsync();

    /// <summary>Sets the clock by which timestamps, tokens and licences are judged.</summary>
    /// <param name="now">The moment; null: back to the clock that the emulator was started with.</param>
    /// <param name="isRunning">Whether it runs on from there; otherwise it stands still.</param>
    public ValueTask SetClockAsync(DateTimeOffset? now, bool isRunning = false) =>
        _app.Services.GetRequiredService<EmulatorClock>().SetAsync(now, isRunning);

    /// <summary>
    /// Writes everything that is remembered as one JSON document, which <see cref="ImportAsync"/> takes: products,
    /// customers, tokens, agreements, records, the clock and the open points; not the faults and the calls.
    /// </summary>
    /// <param name="destination">Where it is written; it stays open.</param>
    /// <param name="cancellationToken">Gives up writing.</param>
    public async Task ExportAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        var writer = PipeWriter.Create(destination, new StreamPipeWriterOptions(leaveOpen: true));
        await _app.Services.GetRequiredService<StateExchange>().ExportAsync(writer, cancellationToken);
        await writer.CompleteAsync();
    }

    /// <summary>Replaces everything that is remembered by what <see cref="ExportAsync"/> wrote.</summary>
    /// <param name="source">The document; it stays open.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <exception cref="ArgumentException">
    /// The document is not right; the message says what and where. Nothing was changed.
    /// </exception>
    public async Task ImportAsync(Stream source, CancellationToken cancellationToken = default)
    {
        var exchange = _app.Services.GetRequiredService<StateExchange>();
        ThrowIfMistaken(await exchange.ImportAsync(source, cancellationToken), nameof(source));
    }

    /// <summary>Stops listening, lets running calls finish, and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _state.DisposeAsync();
    }

    private static void ThrowIfMistaken(IReadOnlyList<string> mistakes, string parameter)
    {
        if (mistakes.Count > 0) throw new ArgumentException(string.Join(' ', mistakes), parameter);
    }
}
