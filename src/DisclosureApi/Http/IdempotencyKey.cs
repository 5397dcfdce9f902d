using Disclosure.Contents;

namespace DisclosureApi.Http;

/// <summary>The key under which a client may repeat a step and hear the same answer (Idempotency-Key, a quoted string).</summary>
public static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    /// <summary>The key without its quotes. A request without one is refused before anything else is looked at, because its retry could not be told from another step.</summary>
    public static string Required(HttpRequest request) => request.Headers[Header] switch
    {
        [] => throw new ProblemException(new Problem(ProblemTypes.KeyMissing)),
        [{ Length: > 2 and <= MaxLength + 2 } quoted] when quoted[0] == '"' && quoted[^1] == '"' && IsPlain(quoted[1..^1]) => quoted[1..^1],
        _ => throw new ProblemException(new Problem(ProblemTypes.InvalidRequest, new Message(
            $"{Header}应为带双引号、最多{MaxLength}个字符的字符串", $"{Header} must be one quoted string of at most {MaxLength} printable ASCII characters, such as \"7d5c\"."))),
    };

    private static bool IsPlain(string key) => key.All(c => c is >= ' ' and <= '~' and not '"' and not '\\');
}
