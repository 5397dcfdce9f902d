namespace Disclosure.Prose;

/// <summary>Short forms leave characters out and add none: 《年报格式》, 工信局, 本年新收申请数量.</summary>
internal static class ShortForm
{
    /// <summary>Whether all characters of a short form stand in the whole in their order.</summary>
    public static bool IsOf(string form, string whole)
    {
        var at = 0;
        foreach (var c in whole)
        {
            at += at < form.Length && form[at] == c ? 1 : 0;
        }
        return at == form.Length;
    }
}
