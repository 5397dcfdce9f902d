using DisclosureApi.Store;

namespace DisclosureApi.Access;

/// <summary>Whose drafts the database shows to the request under way: what its token says, and not what the code that asks believes.</summary>
public sealed class CallerSight(IHttpContextAccessor requests)
{
    public Sight Now => requests.HttpContext is { } context && Caller.Of(context) is { } caller ? caller.Sight : Sight.None;
}
