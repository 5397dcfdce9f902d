namespace DisclosureApi.Store.Replicas;

/// <summary>A request of somebody who shows no token, and where it reads: in one place until its end, so that it is told of one state of things.</summary>
public sealed class Reading
{
    private static readonly AsyncLocal<Reading?> _now = new();

    /// <summary>That of the request under way, with which it flows; null where somebody showed a token, and where the host itself reads.</summary>
    public static Reading? Now
    {
        get => _now.Value;
        set => _now.Value = value;
    }

    /// <summary>The replica that is read from; null while none is.</summary>
    public Server? Server { get; private set; }

    public bool IsOfPrimary { get; private set; }

    /// <summary>The replica that was found, or the primary where none was.</summary>
    public void Choose(Server? found) => (Server, IsOfPrimary) = (found, found is null);

    /// <summary>What was read is thrown away, and the request begins anew.</summary>
    public void Forget() => (Server, IsOfPrimary) = (null, false);
}
