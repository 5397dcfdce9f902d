namespace Disclosure.Tests;

/// <summary>Where the repository's own files stand, and the material that may stand beside it.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>A folder of real material beside the repository; the test is skipped where there is none.</summary>
    public static string Shared(string folder)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", folder));
        Assert.SkipUnless(Directory.Exists(path), $"No folder shared/{folder} stands beside this repository.");
        return path;
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DisclosureApi.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("These tests run from a folder inside the repository.");
    }
}
