using System.Diagnostics;

namespace DisclosureApi.Tests.Contract.Fuzz;

/// <summary>What the hosts of this process threw at requests and answered for: a problem tells strangers nothing of it, and who runs the tests wants to know.</summary>
internal sealed class Thrown(Action<Exception> hear) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];

    public static Thrown Hear(Action<Exception> hear)
    {
        var thrown = new Thrown(hear);
        thrown._subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(thrown));
        return thrown;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.AspNetCore")
        {
            _subscriptions.Add(value.Subscribe(this, name => name == "Microsoft.AspNetCore.Diagnostics.HandledException"));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value?.GetType().GetProperty("exception")?.GetValue(value.Value) is Exception exception)
        {
            hear(exception);
        }
    }

    public void OnCompleted()
    {
        // Listeners of other hosts may still come.
    }

    public void OnError(Exception error)
    {
        // Nothing is told by errors here.
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
