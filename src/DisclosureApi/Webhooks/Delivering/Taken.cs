using Npgsql;

namespace DisclosureApi.Webhooks.Delivering;

/// <summary>A subscription that this host delivers for until its lease ends.</summary>
/// <param name="Lease">Names this taking; whoever takes the subscription after it, or whose owner changes it, makes it void.</param>
/// <param name="Head">The delivery that was tried in vain before; null where the next one is the first attempt.</param>
internal sealed record Taken(
    Guid Id, string Url, string Origin, int Generation, DateTimeOffset? PreviousUntil, ChangeFilter Filter, Guid Lease, long Position, Guid? Head, int Attempts)
{
    public const string Columns = "w.id, w.url, w.origin, w.generation, w.previous_until, w.types, w.agency, w.region, w.year, w.position, w.head, w.attempts";

    public static Taken Read(NpgsqlDataReader row, Guid lease) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4),
        ReadFilter(row, 5), lease, row.GetInt64(9), row.IsDBNull(10) ? null : row.GetGuid(10), row.GetInt32(11));

    /// <summary>Types, agency, region and year, from this column on.</summary>
    public static ChangeFilter ReadFilter(NpgsqlDataReader row, int first) => new(
        row.IsDBNull(first) ? null : row.GetFieldValue<string[]>(first), row.IsDBNull(first + 1) ? null : row.GetString(first + 1),
        row.IsDBNull(first + 2) ? null : row.GetString(first + 2), row.IsDBNull(first + 3) ? null : row.GetInt32(first + 3));
}
