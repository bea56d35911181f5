using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;
using Tally.Contracts;

namespace Tally.Grains.Tests.Hosting;

/// <summary>Grain storage that outlives silos and checks ETags, and that can be told to fail.</summary>
internal sealed class SharedStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), (byte[] State, int Version)> _stored = new();
    private readonly Serializer _serializer =
        new ServiceCollection().AddTallyContracts().BuildServiceProvider().GetRequiredService<Serializer>();

    /// <summary>Says for each write whether it fails before anything is stored.</summary>
    public Func<string, bool> FailWrite { get; set; } = _ => false;

    /// <summary>Says for each read whether it fails.</summary>
    public Func<string, bool> FailRead { get; set; } = _ => false;

    /// <summary>How many writes there were of a state.</summary>
    public ConcurrentDictionary<string, int> Writes { get; } = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (FailRead(stateName))
        {
            throw new IOException("The test wanted it so.");
        }

        if (_stored.TryGetValue((stateName, grainId), out var stored))
        {
            grainState.State = _serializer.Deserialize<T>(stored.State);
            grainState.ETag = stored.Version.ToString();
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = Activator.CreateInstance<T>();
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (FailWrite(stateName))
        {
            throw new IOException("The test wanted it so.");
        }

        var key = (stateName, grainId);
        var state = _serializer.SerializeToArray(grainState.State);
        var next = (State: state, Version: int.Parse(grainState.ETag ?? "0") + 1);
        var isWritten = grainState.ETag is null
            ? _stored.TryAdd(key, next)
            : _stored.TryGetValue(key, out var stored)
                && stored.Version == next.Version - 1
                && _stored.TryUpdate(key, next, stored);
        if (!isWritten)
        {
            throw new InconsistentStateException("Another activation has written.");
        }

        Writes.AddOrUpdate(stateName, 1, (_, count) => count + 1);
        grainState.ETag = next.Version.ToString();
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _stored.TryRemove((stateName, grainId), out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }
}
