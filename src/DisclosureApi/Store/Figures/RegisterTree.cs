using DisclosureApi.Store.Replicas;
using System.Text.Json;
using Disclosure.Agencies;
using Disclosure.Compiling;

namespace DisclosureApi.Store.Figures;

/// <summary>A body's place at the end of a year.</summary>
/// <param name="Above">Governments right above it in the regional tree; one, where the register is well kept.</param>
/// <param name="Below">The first of the bodies right below it in the regional tree, in the order of codes.</param>
/// <param name="Head">The head of the vertical system it belongs to.</param>
/// <param name="Led">The first of the bodies of the vertical system that it leads.</param>
public sealed record TreePlace(Agency Body, IReadOnlyList<Agency> Above, IReadOnlyList<Agency> Below, int CountBelow, Agency? Head, IReadOnlyList<Agency> Led, int CountLed);

/// <summary>The two trees of the register, regional and vertical, as they stand on the last day of a year.</summary>
public sealed class RegisterTree(ReadDatabase database)
{
    public const int MostBelow = 1_000;

    private const string Standing =
        $"""
        select {BodyHistory.Entry} from bodies b
        where b.to_position is null and b.since <= $1 and (b.until is null or b.until >= $1) and b.valid_from <= $1 and (b.valid_to is null or b.valid_to >= $1)
        """;

    /// <summary>The place; null where the register has no such body at the end of the year.</summary>
    public async Task<TreePlace?> FindAsync(string code, int year, CancellationToken cancellation)
    {
        var day = new DateOnly(year, 12, 31);
        if (await ReadAsync("and b.agency = $2", day, [code], cancellation) is not [var body])
        {
            return null;
        }
        List<Agency> above = CompilationTree.Above(body) is { } seat
            ? [.. (await ReadAsync("and b.kind = 'government' and b.level = $2 and b.region >= $3 and b.region < $3 || ':'", day, [Name(seat.Level), RegionTree.Prefix(seat.Division)], cancellation))
                .Where(government => CompilationTree.SeatOf(government) == seat)]
            : [];
        List<Agency> below = CompilationTree.SeatOf(body) is { } own
            ? [.. (await ReadAsync("and b.region >= $2 and b.region < $2 || ':' and b.line is null and (b.level = $3 or b.level = $4 or b.kind = 'government')", day,
                [RegionTree.Prefix(own.Division), Name(own.Level), Name(own.Level + 1)], cancellation)).Where(member => CompilationTree.Counts(body, CompilationScope.Area, member))]
            : [];
        var head = body.Line is { } line && await ReadAsync("and b.agency = $2", day, [line], cancellation) is [var leader] ? leader : null;
        var led = (await ReadAsync("and b.line = $2", day, [code], cancellation)).Where(member => member.Code != code).ToList();
        return new TreePlace(body, above, [.. below.Take(MostBelow)], below.Count, head, [.. led.Take(MostBelow)], led.Count);
    }

    private async Task<IReadOnlyList<Agency>> ReadAsync(string chosen, DateOnly day, string[] values, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand($"{Standing} {chosen} order by b.agency");
        command.Parameters.Add(new() { Value = day });
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<Agency>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(BodyHistory.Read(reader, 0));
        }
        return found;
    }

    private static string Name(AgencyLevel level) => JsonNamingPolicy.CamelCase.ConvertName(level.ToString());
}
