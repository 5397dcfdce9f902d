using DisclosureApi.Http;
using DisclosureApi.Store.History;
using DisclosureApi.Store.Replicas;

namespace DisclosureApi.Bulk;

/// <summary>
/// The point in the order of events that a file is of: the last event by then that changed what anyone may read of reports.
/// Drafts move it nowhere, so a file asked for again has the same address for as long as nothing is published.
/// </summary>
internal sealed class PublicPoint(ReadDatabase database, Moments moments)
{
    public async Task<long> FindAsync(HttpRequest request, CancellationToken cancellation)
    {
        var asked = Filter.AsOf(request) switch
        {
            ({ } position, _) => position <= await moments.EndAsync(cancellation, position) ? position : throw Unknown(),
            (_, { } time) => await moments.PositionAtAsync(time, cancellation) ?? throw Unknown(),
            _ => long.MaxValue,
        };
        await using var command = (await database.WholeAsync(cancellation)).CreateCommand(
            """
            select greatest(0, (select max(from_position) from figures where from_position <= $1), (select max(to_position) from figures where to_position <= $1))
            """);
        command.Parameters.Add(new() { Value = asked });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static ProblemException Unknown() => Filter.Impossible(
        "asOf晚于最近的事件或当前时间", "asOf lies behind the last event, or in the future: nobody can know yet what will stand there.");
}
