using Disclosure.Statistics;
using Npgsql;

namespace DisclosureApi.Statistics;

/// <summary>Sums of any scope at any position.</summary>
internal sealed class FigureSums(NpgsqlDataSource database)
{
    public Task<Dictionary<GroupKey, FigureSum>> SumAsync(long position, int from, int to, Scope scope, Grouping grouping, CancellationToken cancellation) =>
        FigureReader.SumAsync(database, position, from, to, scope, grouping, cancellation);
}
