using Disclosure.Agencies;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Agencies;

/// <summary>GET /v1/agencies: the register, page by page in the order of codes.</summary>
internal static class ListAgencies
{
    private static readonly string[] _filters = ["region", "level", "kind", "supervisor", "line"];

    public static readonly OperationContract Contract = new("list_agencies", "Agencies", "List the register")
    {
        Description = "In the order of codes. next is the address of the following page, null on the last. Filters may be combined.",
        IsPaged = true,
        Filters = _filters,
        Answers = [new(200, "AgencyPage", "A page of entries") { Headers = ["ETag", "Link"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link"] }],
        Problems = [400],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, AgencyRegister register, CancellationToken cancellation)
    {
        var page = Page.Of(request, _filters);
        var filter = new AgencyFilter(
            Filter.RegionPrefix(request), Filter.Choice<AgencyLevel>(request, "level"), Filter.Choice<AgencyKind>(request, "kind"), Filter.Code(request, "supervisor"), Filter.Code(request, "line"));
        return page.Answer("/v1/agencies", await register.ListAsync(page, filter, cancellation));
    }
}
