namespace DisclosureApi.Tests.Store.Rebuilding;

/// <summary>Every row of the read models as text, bytes of bodies included.</summary>
internal static class ModelRows
{
    public const string Destroy = "truncate agencies, successions, duties, reports, work, publications, compilations, likenesses, words, figures, finding_codes, deliveries, bodies, duty_rulings, error_reports, error_report_texts, renamings";

    private const string First =
        """
        select 'agencies ' || a::text from agencies a union all select 'reports ' || r::text from reports r union all select 'publications ' || p::text from publications p
        """;

    private const string Added =
        """
        select 'successions ' || s::text from successions s union all select 'duties ' || d::text from duties d union all select 'work ' || w::text from work w
        union all select 'compilations ' || c::text from compilations c union all select 'deliveries ' || v::text from deliveries v union all select 'words ' || w::text from words w union all select 'likenesses ' || l::text from likenesses l union all select 'figures ' || f::text from figures f union all select 'finding ' || c::text from finding_codes c union all select 'bodies ' || b::text from bodies b union all select 'rulings ' || d::text from duty_rulings d
        union all select 'error reports ' || e::text from error_reports e union all select 'error report texts ' || t::text from error_report_texts t
        union all select 'renamings ' || r::text from renamings r
        """;

    public static Task<List<string>> OfAsync(TestDatabase database) => database.TextsAsync(Ordered($"{First} union all {Added}"));

    /// <summary>The rows of those that have been there since the first version of the schema.</summary>
    public static Task<List<string>> OfFirstAsync(TestDatabase database) => database.TextsAsync(Ordered(First));

    private static string Ordered(string rows) => $"""select * from ({rows}) as rows (line) order by line collate "C" """;
}
