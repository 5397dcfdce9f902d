using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Generating;

/// <summary>Stores steps one by one through the store, as hosts store what people do, with a clock that shows when each happened.</summary>
internal static class GeneratedSteps
{
    public const string Request = "generated";

    public static Provenance ProvenanceOf(GeneratedStep step) => new(step.Actor, step.Role, step.Agency.Code, "generate", Request);

    /// <param name="changes">What a step changes in the read models.</param>
    public static async Task<long> StoreAsync(
        NpgsqlDataSource serving, IEnumerable<GeneratedStep> steps, Func<GeneratedStep, IReadOnlyList<StoredEvent>, IEnumerable<NpgsqlBatchCommand>> changes, Action<long> told, CancellationToken cancellation)
    {
        var clock = new StepClock();
        await using var store = new EventStore(serving, clock, stopping: cancellation);
        var position = 0L;
        foreach (var step in steps)
        {
            clock.Now = step.At;
            var append = new Append(
                step.Stream, step.Stream[..step.Stream.IndexOf('/', StringComparison.Ordinal)], step.Version, step.Events, ProvenanceOf(step), null, placed => changes(step, placed));
            position = await store.AppendAsync(append, cancellation) is AppendResult.Stored stored
                ? stored.Events[^1].Position
                : throw new InvalidOperationException($"{step.Stream} is not as it was generated; someone else writes to this database.");
            told(position);
        }
        return position;
    }

    private sealed class StepClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
