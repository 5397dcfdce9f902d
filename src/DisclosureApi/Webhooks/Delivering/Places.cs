namespace DisclosureApi.Webhooks.Delivering;

/// <summary>How many deliveries go on at once at a host: in all, to receivers that failed last, for one owner.</summary>
internal sealed record Shares(int All, int Failing, int Owner);

/// <summary>The deliveries that go on at this host. Seen to by one task alone.</summary>
internal sealed class Places(Shares shares)
{
    private readonly Dictionary<Task, (string Owner, bool IsFailing)> _taken = [];

    public int Free => Math.Max(0, shares.All - _taken.Count);

    /// <summary>Places for what is sent to receivers of which nobody knows whether they answer.</summary>
    public int FreeForUnproven => Math.Clamp(shares.Failing - _taken.Values.Count(one => one.IsFailing), 0, Free);

    public int Owner => shares.Owner;

    /// <summary>How many places each owner has.</summary>
    public IReadOnlyDictionary<string, int> Owners => _taken.Values.CountBy(one => one.Owner).ToDictionary(StringComparer.Ordinal);

    public void Add(Task delivering, string owner, bool isFailing) => _taken.Add(delivering, (owner, isFailing));

    /// <summary>Lets those go that are done.</summary>
    public void Clear()
    {
        foreach (var done in _taken.Keys.Where(task => task.IsCompleted).ToList())
        {
            _taken.Remove(done);
        }
    }

    /// <summary>Those for whom there is a place, in the order in which they are given.</summary>
    public IReadOnlyList<Behind> Choose(IEnumerable<Behind> waiting)
    {
        var owners = new Dictionary<string, int>(Owners, StringComparer.Ordinal);
        var (free, failing) = (Free, _taken.Values.Count(one => one.IsFailing));
        var chosen = new List<Behind>();
        foreach (var one in waiting)
        {
            var ofOwner = owners.GetValueOrDefault(one.Owner);
            if (chosen.Count < free && ofOwner < shares.Owner && (!one.IsFailing || failing < shares.Failing))
            {
                chosen.Add(one);
                owners[one.Owner] = ofOwner + 1;
                failing += one.IsFailing ? 1 : 0;
            }
        }
        return chosen;
    }

    public Task EmptyAsync() => Task.WhenAll(_taken.Keys);
}
