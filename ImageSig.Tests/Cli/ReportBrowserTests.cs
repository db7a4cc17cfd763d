using System.Text.Json.Nodes;
using Deque.AxeCore.Commons;
using ImageSig.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>The page of <c>train --report</c>, with all its sections, in a browser.</summary>
public class ReportBrowserTests(ReportBrowserTests.OpenPage page) : IClassFixture<ReportBrowserTests.OpenPage>
{
    private const int Desk = 1200, Phone = 360;

    [ChromiumFact]
    public async Task It_asks_no_address_for_anything()
    {
        await page.Browser!.Open(page.Path, Desk, "light");
        await Task.WhenAll(page.Browser.Value("document.fonts.ready.then(() => 0)"), page.Browser.Value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))"));
        Assert.Equal([new Uri(page.Path).AbsoluteUri], page.Browser.Requested.Where(address => !address.StartsWith("data:", StringComparison.Ordinal)));
        // Its pictures are there nevertheless.
        Assert.True((int)await page.Browser.Value("document.querySelectorAll('#confusion a').length") > 2);
        Assert.True((double)await page.Browser.Value("document.querySelector('#mistakes .picture').getBoundingClientRect().height") > 50);
    }

    /// <summary>Of axe-core's rules for WCAG 2.1, levels A and AA.</summary>
    [ChromiumTheory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task It_breaks_no_rule_of_accessibility(string scheme)
    {
        await page.Browser!.Open(page.Path, Desk, scheme);
        Assert.Equal(scheme == "dark", (bool)await page.Browser.Value("matchMedia('(prefers-color-scheme: dark)').matches"));
        // Pictures that a number opens are part of it.
        await page.Browser.Value($"location.hash = '{OpenPage.Mistaken}'");
        Assert.Empty(await BrokenRules());
    }

    /// <summary>What the other tests look for is found where it is.</summary>
    [ChromiumFact]
    public async Task What_a_page_must_not_do_is_seen()
    {
        string bad = $"{page.Path}-bad.html";
        await File.WriteAllTextAsync(bad, "<html><body><img src=\"http://nowhere.example/a.png\"><p style=\"color: #ccc; width: 900px\">pale and wide</p></body></html>");
        await page.Browser!.Open(bad, Phone, "light");
        Assert.Equal([new Uri(bad).AbsoluteUri, "http://nowhere.example/a.png"], page.Browser.Requested);
        Assert.True((int)await page.Browser.Value("document.documentElement.scrollWidth") > Phone);
        Assert.Equal(["color-contrast", "document-title", "html-has-lang", "image-alt"], (await BrokenRules()).Select(rule => rule.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [ChromiumFact]
    public async Task A_number_of_the_matrix_opens_its_pictures_by_keyboard()
    {
        await page.Browser!.Open(page.Path, Desk, "light");
        Assert.False(await IsShown());
        string focused;
        int pressed = 0;
        do
        {
            await page.Browser.Press("Tab", 9);
            focused = (string)(await page.Browser.Value("document.activeElement.getAttribute('href') || ''"))!;
            Assert.InRange(++pressed, 1, 200);
        }
        while (focused != OpenPage.Mistaken);
        Assert.NotEqual("none", (string?)await page.Browser.Value("getComputedStyle(document.activeElement).outlineStyle"));
        await page.Browser.Press("Enter", 13, "\r");
        Assert.True(await IsShown());
        Assert.Equal(2, (int)await page.Browser.Value($"document.querySelectorAll('{OpenPage.Mistaken} figure').length"));
        // Where one goes on from there is its first link.
        await page.Browser.Press("Tab", 9);
        Assert.True((bool)await page.Browser.Value($"document.querySelector('{OpenPage.Mistaken}').contains(document.activeElement)"));

        async Task<bool> IsShown() => (double)await page.Browser!.Value($"document.querySelector('{OpenPage.Mistaken}').getBoundingClientRect().height") > 0;
    }

    [ChromiumFact]
    public async Task It_fits_a_phone_without_scrolling_sideways()
    {
        await page.Browser!.Open(page.Path, Phone, "light");
        await page.Browser.Value($"location.hash = '{OpenPage.Mistaken}'");
        Assert.Equal(Phone, (int)await page.Browser.Value("document.documentElement.clientWidth"));
        Assert.Equal(Phone, (int)await page.Browser.Value("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"));
        // What is wider scrolls within itself, and can be reached by keyboard.
        Assert.Empty((await page.Browser.Value(
            "[...document.querySelectorAll('*')].filter(part => part.scrollWidth > part.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(part).overflowX) && part.tabIndex < 0).map(part => part.outerHTML.slice(0, 80))")).AsArray());
    }

    private async Task<IEnumerable<string>> BrokenRules()
    {
        await page.Browser!.Value($"{new BundledAxeScriptProvider().GetScript()};0");
        JsonNode broken = await page.Browser.Value(
            "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then(found => found.violations.map(rule => rule.id + ': ' + rule.nodes.map(node => node.html).join(' ')))");
        return broken.AsArray().Select(rule => (string)rule!);
    }

    /// <summary>A report and a browser, for all tests.</summary>
    public sealed class OpenPage : IAsyncLifetime, IDisposable
    {
        /// <summary>Two bright pictures that lie among the dark ones.</summary>
        internal const string Mistaken = "#cell-1-0";

        private readonly TemporaryFolder folder = new();

        internal string Path => folder["report.html"];

        internal Chromium? Browser { get; private set; }

        public async Task InitializeAsync()
        {
            if (ChromiumFactAttribute.Absent.Value is not null)
                return;
            SyntheticPhotos.Write(folder["photos"], perClass: 20);
            SyntheticPhotos.Write(folder["others"], perClass: 6, seed: 3);
            foreach (string name in (string[])["000.png", "001.png"])
                File.Move(folder[$"others/bright/{name}"], folder[$"others/dark/bright {name}"]);
            Answer training = Answer.To(["train", folder["photos"], "-o", folder["model"], "--test", folder["others"], "--report", Path, "--quiet", .. TrainedModel.Small]);
            Assert.True(training.Code == ExitCode.Done, training.Messages);
            Browser = await Chromium.Start();
        }

        public async Task DisposeAsync()
        {
            if (Browser is not null)
                await Browser.DisposeAsync();
        }

        public void Dispose() => folder.Dispose();
    }
}
