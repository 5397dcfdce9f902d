using DisclosureApi.Access;

namespace DisclosureApi.Tests.Access;

/// <summary>Who comes through one door. Statuses are those of a well-formed request that names a version no resource has.</summary>
/// <param name="Opens">Roles that it opens to; none when anyone may come in.</param>
/// <param name="Inside">Told to a caller whose own body it is about.</param>
/// <param name="Stranger">Told to a caller with the role, whose body is another.</param>
/// <param name="Unbound">Told to a caller with the role, whose token names no body.</param>
internal sealed record Door(Role[] Opens, int Inside, int Stranger, int Unbound)
{
    public static readonly Door Public = new([], 0, 0, 0);

    /// <summary>Anyone with a token sees his own subscriptions: of another's id he hears as of none.</summary>
    public static readonly Door Webhook = new([.. Role.All], 404, 404, 404);

    public static readonly Door Audit = new([Role.Auditor], 200, 200, 200);

    /// <summary>A write on a report: its version is wrong for who may do it, and there is nothing for anyone else.</summary>
    public static Door Write(params Role[] opens) => new(opens, 412, 404, 404);
}
