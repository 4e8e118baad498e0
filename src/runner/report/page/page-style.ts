/* The page's looks: light and dark by the reader's preference, plain on paper. */

export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ground: #f6f6f3; --card: #ffffff; --ink: #1d2026; --muted: #5c626d; --rule: #e3e3de; --line: #cfcfc8;
  --series-1: #d55e00; --series-2: #66758c; --series-3: #6a3d9a; --series-4: #8c510a; --series-5: #b2182b; --series-6: #01665e; --limit: #0a0a0a; --band: #f6f1e0;
  --particles: #0072b2; --fibers: #009e73; --cells: #cc79a7; --spinodal: #d69a00; --files: #59708c;
  --good: #00664a; --good-ground: #dff2ea; --bad: #9c3300; --bad-ground: #fbe7db; --even-ground: #ececE8;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #1a1c20; --ground: #131518; --card: #1a1c20; --ink: #e9e9e4; --muted: #a4a9b3; --rule: #2c2f36; --line: #434852;
    --series-1: #ff8a3c; --series-2: #93a8c6; --series-3: #b794f6; --series-4: #d8a15a; --series-5: #ff7b8a; --series-6: #5fd0c5; --limit: #ffffff; --band: #2e2b22;
    --particles: #56b4e9; --fibers: #2fc79a; --cells: #e29bc4; --spinodal: #e9b93c; --files: #a5b8d0;
    --good: #6fdcb4; --good-ground: #123329; --bad: #ffab80; --bad-ground: #40220f; --even-ground: #2a2d33;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main, body > header, body > footer { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
body > header { padding-top: 36px; }
body > footer { padding-bottom: 48px; color: var(--muted); font-size: 14px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 6px; letter-spacing: -.01em; }
h2 { font-size: 25px; line-height: 1.25; margin: 44px 0 14px; overflow-wrap: anywhere; }
h3 { font-size: 20px; margin: 0 0 10px; }
h4 { font-size: 16px; margin: 20px 0 8px; }
p, ul { margin: 0 0 12px; max-width: 78ch; }
a { color: inherit; }
code { font: 13px/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
small { font-size: .8em; color: var(--muted); font-weight: 400; }
.subtitle { color: var(--muted); margin: 0; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; list-style: none; padding: 0; margin: 14px 0 0; }
article.case > section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 24px; margin: 18px 0; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

article.case > section.verdict { border-left: 6px solid var(--line); }
article.case > section.verdict.beats-database { border-left-color: var(--good); }
article.case > section.verdict.nothing-feasible, article.case > section.verdict.no-designs { border-left-color: var(--bad); }
.headline { font-size: 24px; line-height: 1.3; font-weight: 650; margin: 0 0 8px; }
.lead { font-size: 17px; }
.verdict ul { padding-left: 20px; margin-bottom: 0; }
.verdict li { margin-bottom: 4px; }
.badges { margin: 0 0 12px; }
.badge { display: inline-block; border-radius: 99px; padding: 2px 12px; font-size: 13px; font-weight: 600; background: var(--even-ground); color: var(--ink); }
.badge.beats-database, .badge.better { background: var(--good-ground); color: var(--good); }
.badge.nothing-feasible, .badge.no-designs, .badge.worse { background: var(--bad-ground); color: var(--bad); }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 12px; margin: 18px 0; }
.tiles > div { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 14px 16px; }
.tiles dt { color: var(--muted); font-size: 13px; }
.tiles dd { margin: 0; }
.tiles strong { display: block; font-size: 27px; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums; white-space: nowrap; }
.tiles strong small { font-size: 15px; }
.tiles span { font-size: 13px; color: var(--muted); }

figure { margin: 0; }
figcaption { font-size: 14px; color: var(--muted); }
.with-legend { display: grid; grid-template-columns: minmax(0, 640px) minmax(220px, 1fr); gap: 28px; align-items: center; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(310px, 1fr)); gap: 22px; margin-top: 16px; }
.chart { display: block; width: 100%; height: auto; font-size: 12px; }
.chart text { dominant-baseline: central; }
.chart path[stroke="var(--paper)"] { paint-order: stroke; }
.chart .hint { fill: transparent; stroke: transparent; }
.chart .hint:hover { stroke: var(--ink); stroke-width: 1.5; }
.legend { list-style: none; padding: 0; margin: 0 0 12px; }
.legend li { display: flex; gap: 8px; align-items: flex-start; margin: 3px 0; color: var(--ink); font-size: 14px; }
.legend svg { flex: none; margin-top: 3px; }
.legend.inline { display: flex; flex-wrap: wrap; gap: 0 18px; margin: 0; }

.strip { border-top: 1px solid var(--rule); padding: 16px 0 8px; break-inside: avoid; }
.strip header { display: flex; flex-wrap: wrap; gap: 2px 16px; align-items: baseline; margin-bottom: 8px; }
.strip header h4 { margin: 0; }
.strip header p { margin: 0; font-size: 15px; }
.steps { list-style: none; display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 14px; padding: 0; margin: 0; max-width: none; }
.steps li { min-width: 0; }
.pixels { display: block; width: 100%; height: auto; image-rendering: pixelated; border: 1px solid var(--line); }
.pixels image { image-rendering: pixelated; }
.steps figcaption { line-height: 1.35; margin-top: 5px; }
.steps figcaption b { display: block; color: var(--ink); }
.halo { fill: none; stroke: #000; stroke-opacity: .75; stroke-width: 2.4; }
.outline { fill: none; stroke: #7df9ff; stroke-width: 1; }
.frame { fill: none; stroke: #ffe45c; stroke-width: 1.1; stroke-dasharray: 3 2; }
.checks { display: flex; flex-wrap: wrap; gap: 0 22px; font-size: 14px; margin: 8px 0 0; max-width: none; }
.yes { color: var(--good); font-weight: 700; } .no { color: var(--bad); font-weight: 700; }
.note { margin-top: -4px; }
.heat-legend { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: flex-start; margin: 4px 0 14px; font-size: 14px; color: var(--muted); }
.heat-legend text { fill: var(--muted); font-size: 13px; }
.heat-legend p { margin: 0; }
.key { display: inline-block; width: 20px; height: 10px; margin: 0 3px 0 12px; vertical-align: middle; background: #55585f; }
.outline-key { border: 2px solid #7df9ff; } .frame-key { border: 2px dashed #ffe45c; } .skeleton-key { background: #d55e00; height: 4px; }

.scroll { position: relative; overflow-x: auto; margin: 0 0 16px; }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding: 6px 0; }
th, td { text-align: right; padding: 5px 10px; border-bottom: 1px solid var(--rule); vertical-align: middle; }
thead th { vertical-align: bottom; border-bottom-color: var(--line); font-weight: 600; line-height: 1.3; }
th[scope="row"], thead th:first-child { text-align: left; }
th[scope="row"] { font-weight: 600; white-space: nowrap; }
th[scope="colgroup"] { text-align: center; }
td.text, th.text { text-align: left; }
td.text { min-width: 260px; }
.measures th[scope="row"] { white-space: normal; min-width: 190px; font-weight: 400; } .measures td { white-space: nowrap; } .measures td.text { white-space: normal; } .measures .layer th { text-align: left; }
.designs td { white-space: nowrap; padding: 3px 9px; line-height: 1.3; }
.cell { display: block; image-rendering: pixelated; border: 1px solid var(--line); }
.cells { list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 18px; padding: 0; margin: 0 0 16px; max-width: none; font-size: 14px; line-height: 1.35; color: var(--muted); }
.cells li { min-width: 0; break-inside: avoid; } .cells b, .cells span { display: block; } .cells b { color: var(--ink); margin-top: 5px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; } .pair .cell { width: 100%; height: auto; }
.switch { accent-color: var(--particles); } .switch + label { font-size: 14px; margin-left: 6px; }
.switch:not(:checked) ~ .scroll .same { display: none; }
.study td, .study th { white-space: nowrap; padding: 4px 8px; } .study thead th { white-space: normal; max-width: 104px; } .study td.text { min-width: 0; } .study .mean > * { font-weight: 600; background: var(--even-ground); }
.study .group:has(.mean) tr:not(.mean) th { font-weight: 400; }
.sortable thead button { font: inherit; color: inherit; text-align: inherit; background: none; border: 0; padding: 0; cursor: pointer; line-height: 1.3; }
.sortable thead button::after { content: " ↕"; color: var(--muted); font-weight: 400; } .sortable [aria-sort=ascending] button::after { content: " ↑"; color: var(--ink); } .sortable [aria-sort=descending] button::after { content: " ↓"; color: var(--ink); }
.wide figcaption { margin-top: 8px; } .wide .legend { display: flex; flex-wrap: wrap; gap: 2px 20px; }
.varied { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 18px; margin: 0 0 12px; } .varied dt { color: var(--muted); } .varied dd { margin: 0; }
.settings dl { columns: 3 270px; column-gap: 28px; font-size: 13.5px; margin: 0; }
.settings div { break-inside: avoid; }
.settings dl div { display: flex; justify-content: space-between; gap: 12px; border-bottom: 1px solid var(--rule); padding: 2px 0; }
.settings dt { color: var(--muted); } .settings dd { margin: 0; text-align: right; overflow-wrap: anywhere; }

@media (max-width: 860px) {
  .with-legend { grid-template-columns: minmax(0, 1fr); }
  .steps { grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); }
  article.case > section { padding: 16px; }
  main, body > header, body > footer { padding-left: 14px; padding-right: 14px; }
}
@media print {
  :root { --ground: #ffffff; }
  body { font-size: 10.5pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  article.case > section, .tiles > div { border-color: #bbb; break-inside: auto; }
  .tiles, figure, tr { break-inside: avoid; }
  h2, h3, h4, caption { break-after: avoid; }
  .scroll { overflow: visible; }
  nav, .switch, .switch + label { display: none; }
  .sortable thead button::after { content: none; }
  .steps, .tiles { grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 8px; }
  .tiles strong { font-size: 20px; }
  .with-legend { grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr); }
  .charts { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .cells { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 10px; font-size: 8.5pt; }
  .steps figcaption, figcaption, .legend li { font-size: 8.5pt; }
  table.designs, table.groups, table.study { font-size: 7.5pt; } :is(.designs, .groups, .study) :is(td, th) { padding: 2px 3px; }
}
`;
