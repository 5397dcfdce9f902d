using Disclosure.Contents;
using Microsoft.Net.Http.Headers;

namespace DisclosureApi.Http;

/// <summary>Chinese is the language of the law and the default; English is told to those who prefer it.</summary>
public static class Language
{
    public static bool IsEnglish(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptLanguage;
        return Quality(accepted, "en") > Math.Max(Quality(accepted, "zh"), Quality(accepted, "*"));
    }

    public static string Choose(Message message, bool english) => english ? message.En : message.Zh;

    private static double Quality(IList<StringWithQualityHeaderValue> accepted, string language) => accepted
        .Where(value => value.Value.Equals(language, StringComparison.OrdinalIgnoreCase)
            || value.Value.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase))
        .Select(value => value.Quality ?? 1)
        .DefaultIfEmpty(0)
        .Max();
}
