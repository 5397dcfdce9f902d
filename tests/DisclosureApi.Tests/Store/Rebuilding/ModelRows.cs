namespace DisclosureApi.Tests.Store.Rebuilding;

/// <summary>Every row of the read models as text, bytes of bodies included.</summary>
internal static class ModelRows
{
    public const string Destroy = "truncate agencies, duties, reports, work, publications";

    public static Task<List<string>> OfAsync(TestDatabase database) => database.TextsAsync(
        """
        select * from (
            select 'agencies ' || a::text from agencies a union all select 'duties ' || d::text from duties d
            union all select 'work ' || w::text from work w union all select 'reports ' || r::text from reports r union all select 'publications ' || p::text from publications p
        ) as rows (line) order by line collate "C"
        """);
}
