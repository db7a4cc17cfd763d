namespace ImageSig.Cli.Report;

/// <summary>How a report looks: in light and dark, on a phone and on paper. Texts have a contrast of at least 4.5 to 1.</summary>
internal static class ReportStyle
{
    public const string Text = """

        :root { color-scheme: light dark; --back: #fff; --text: #1b1f24; --soft: #57606a; --edge: #d0d7de; --panel: #f6f8fa; --link: #0550ae;
          --good: #1a7f37; --bad: #cf222e; --one: #0550ae; --two: #bc4c00; --three: #6e40c9; --for: #e16f00; --against: #0a69da; }
        @media (prefers-color-scheme: dark) {
          :root { --back: #0d1117; --text: #e6edf3; --soft: #9da7b3; --edge: #30363d; --panel: #161b22; --link: #6cb6ff;
            --good: #3fb950; --bad: #ff7b72; --one: #6cb6ff; --two: #f69d50; --three: #b392f0; --for: #ff9a3c; --against: #4da3ff; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 62rem; padding: 0 1rem 4rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.6rem; margin: 1.5rem 0 .5rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-top: .5rem; border-top: 1px solid var(--edge); }
        h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
        p, li, td, th { overflow-wrap: anywhere; }
        p { max-width: 46rem; }
        a { color: var(--link); }
        :focus-visible { outline: 3px solid var(--one); outline-offset: 2px; }
        .skip { position: absolute; left: -99rem; }
        .skip:focus { left: 1rem; top: .5rem; background: var(--back); padding: .5rem; }
        nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
        nav a { display: inline-block; padding: .25rem 0; }
        .figures { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
        .figures div { background: var(--panel); border: 1px solid var(--edge); border-radius: .5rem; padding: .5rem 1rem; }
        .figures dt { color: var(--soft); font-size: .9rem; }
        .figures dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
        .scroll { overflow-x: auto; margin: 1rem 0; }
        table { border-collapse: collapse; }
        th, td { padding: .35rem .8rem; border-bottom: 1px solid var(--edge); text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th { font-weight: 600; }
        th[scope=row], .facts td { text-align: left; }
        .facts th, .facts td { white-space: normal; vertical-align: top; }
        .chosen { background: var(--panel); font-weight: 600; }
        .matrix td { text-align: center; border: 1px solid var(--edge); padding: 0; min-width: 4rem; }
        .matrix td a { display: block; padding: .6rem; color: var(--text); }
        .hit { background: rgb(46 160 67 / calc(var(--share) * 35%)); }
        .miss { background: rgb(229 83 75 / calc(10% + var(--share) * 40%)); }
        .cell { display: none; }
        .cell:target { display: block; }
        .cell:focus { outline: none; }
        .pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); gap: .75rem; padding: 0; list-style: none; }
        .pictures:has(.wide) { grid-template-columns: repeat(auto-fill, minmax(13.5rem, 1fr)); }
        .pictures figure { margin: 0; padding: .3rem; border: 3px solid var(--good); border-radius: .4rem; height: 100%; }
        .pictures figure.wrong { border: 3px dashed var(--bad); }
        .picture { display: block; width: 100%; image-rendering: auto; }
        .pair { display: grid; grid-template-columns: 1fr 1fr; gap: .3rem; }
        .right b { color: var(--good); }
        .wrong b { color: var(--bad); }
        figcaption { font-size: .85rem; line-height: 1.35; margin-top: .3rem; overflow-wrap: anywhere; }
        small { color: var(--soft); }
        rect.for { fill: #ff8c1a; } rect.against { fill: #1a75ff; }
        .mark { padding: 0 .3em; border-radius: .2em; } .mark.for { background: #ff8c1a; color: #000; } .mark.against { background: #0a52c4; color: #fff; }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem; align-items: start; }
        .plot, .streams { margin: .5rem 0; }
        .plot svg, .streams svg { width: 100%; max-width: 34rem; }
        .streams > svg { max-width: 50rem; }
        svg text { fill: var(--text); font: 12px system-ui, sans-serif; }
        .streams svg text { font-size: 10px; }
        .grid { stroke: var(--edge); }
        .rule { stroke: var(--soft); stroke-dasharray: 4 3; }
        .line { fill: none; stroke-width: 2; }
        .streams .line { stroke-width: 1.2; }
        .one { stroke: var(--one); } .two { stroke: var(--two); stroke-dasharray: 7 3; } .three { stroke: var(--three); stroke-dasharray: 2 3; }
        .red { stroke: #e5484d; } .green { stroke: #30a46c; } .blue { stroke: #3e7bfa; }
        .bar { fill: var(--one); opacity: .55; }
        .error { stroke: var(--text); stroke-width: 1.5; }
        .odd { fill: var(--one); } .even { fill: var(--two); }
        .marked { stroke: #ffd60a; stroke-width: 1.5; } .lead { stroke: var(--soft); }
        .legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; padding: 0; margin: .3rem 0 0; list-style: none; }
        .legend .key { display: inline; width: 28px; height: 8px; vertical-align: middle; }
        .store { position: absolute; }
        @media print { .cell, nav { display: none; } figure { break-inside: avoid; } }

        """;
}
