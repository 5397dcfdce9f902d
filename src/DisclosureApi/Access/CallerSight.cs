using DisclosureApi.Store;

namespace DisclosureApi.Access;

/// <summary>
/// Whose drafts the database shows to the request under way: what its token says, and not what the code that asks believes.
/// It flows with the request, so that whatever runs beside it or after it sees its own and nothing of this.
/// </summary>
public sealed class CallerSight
{
    private readonly AsyncLocal<Sight?> _now = new();

    public Sight Now => _now.Value ?? Sight.None;

    /// <summary>Comes after authentication. Who shows no token costs nothing here.</summary>
    public static void Use(WebApplication app)
    {
        var sight = app.Services.GetRequiredService<CallerSight>();
        app.Use(next => context => Caller.Of(context) is { } caller ? sight.WithAsync(caller, context, next) : next(context));
    }

    private async Task WithAsync(Caller caller, HttpContext context, RequestDelegate next)
    {
        _now.Value = caller.Sight;
        await next(context);
    }
}
