using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tally.Client.Errors;

namespace Tally.Client.Hosting;

/// <summary>Sends requests with the key, and gives them up when they take too long.</summary>
/// <param name="options">The address, the key and the patience.</param>
/// <param name="http">What they are sent with.</param>
/// <param name="time">The clock.</param>
internal sealed class ApiTransport(TallyClientOptions options, HttpClient http, TimeProvider time)
{
    private readonly string _root = options.Address!.AbsoluteUri.TrimEnd('/');
    private readonly AuthenticationHeaderValue _key = new("Bearer", options.ApiKey);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Sends a request and reads its answer whole.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, whose variable segments are escaped.</param>
    /// <param name="content">The body; null for none.</param>
    /// <param name="stop">When to give up.</param>
    /// <returns>The answer, whatever it is.</returns>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    /// <exception cref="HttpRequestException">The connection failed.</exception>
    public async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, HttpContent? content, CancellationToken stop)
    {
        // Customers may be called "." and "..", which would be resolved otherwise.
        var uri = new Uri(_root + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, uri) { Content = content };
        request.Headers.Authorization = _key;
        request.Headers.Accept.Add(new("application/json"));
        using var limit = new CancellationTokenSource(options.RequestTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
        }
        catch (OperationCanceledException exception) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"There was no answer within {options.RequestTimeout}.", exception);
        }
    }

    /// <summary>Reads something.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="path">Where it is.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="stop">When to give up.</param>
    /// <returns>What is there.</returns>
    /// <exception cref="TallyException">The platform refused it, or failed.</exception>
    public async Task<T> Get<T>(string path, JsonTypeInfo<T> type, CancellationToken stop)
        where T : class
    {
        using var response = await Send(HttpMethod.Get, path, content: null, stop);
        if (!response.IsSuccessStatusCode)
        {
            throw new TallyException(response.StatusCode, await ProblemOf(response, stop));
        }

        return await Read(response, type, stop)
            ?? throw new TallyException(response.StatusCode, new("The answer is not what the platform answers."));
    }

    /// <summary>Reads what an answer has as JSON.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="response">The answer.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="stop">When to give up.</param>
    /// <returns>What it says; null where that is something else.</returns>
    public static async Task<T?> Read<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken stop)
        where T : class
    {
        if (response.Content.Headers.ContentType?.MediaType is not ("application/json" or "application/problem+json"))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(stop), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads what an answer says of an error.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="stop">When to give up.</param>
    /// <returns>What it says; nothing where it comes from somebody else.</returns>
    public static async Task<ProblemDocument> ProblemOf(HttpResponseMessage response, CancellationToken stop) =>
        await Read(response, ClientJsonContext.Default.ProblemDocument, stop) ?? new();
}
