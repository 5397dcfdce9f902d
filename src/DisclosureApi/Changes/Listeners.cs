using System.Net;

namespace DisclosureApi.Changes;

/// <summary>How many may listen to this host at once, so that nobody can take the places of all others.</summary>
/// <param name="Host">To this host.</param>
/// <param name="Address">From one address.</param>
public sealed record ListenerSettings(int Host, int Address)
{
    public static ListenerSettings Generous { get; } = new(10_000, 2_000);
}

/// <summary>Those who listen to this host now, by address.</summary>
internal sealed class Listeners(ListenerSettings most)
{
    private readonly Dictionary<IPAddress, int> _from = [];
    private int _all;

    /// <summary>Lets one more listen, unless there are as many as may.</summary>
    public bool Enter(IPAddress address)
    {
        lock (_from)
        {
            var there = _from.GetValueOrDefault(address);
            if (_all >= most.Host || there >= most.Address)
            {
                return false;
            }
            (_from[address], _all) = (there + 1, _all + 1);
            return true;
        }
    }

    public void Leave(IPAddress address)
    {
        lock (_from)
        {
            _all--;
            if (--_from[address] == 0)
            {
                _from.Remove(address);
            }
        }
    }
}
