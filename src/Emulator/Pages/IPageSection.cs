namespace Tally.Emulator.Pages;

/// <summary>Carries out a form; returns what is wrong with its fields, each as a sentence.</summary>
internal delegate Task<IReadOnlyList<string>> PageForm(IFormCollection fields);

/// <summary>
/// A part of the page: what is there, and the forms to change it. To add one, write the class and register it; the
/// sections come in the order of their registration.
/// </summary>
internal interface IPageSection
{
    /// <summary>Its name in the page's address, lower case.</summary>
    string Id { get; }

    string Title { get; }

    /// <summary>Its forms by name; names are unique over all sections.</summary>
    IReadOnlyDictionary<string, PageForm> Forms { get; }

    /// <summary>Writes what is below the title.</summary>
    Task WriteAsync(HtmlWriter html, IQueryCollection query, CancellationToken cancellationToken);
}
