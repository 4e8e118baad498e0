/*
 * Pictures of the page, cut out of the reports that the runs wrote: each is one SVG file that needs nothing else. Reports draw
 * with CSS variables for light and dark, so the pictures follow the reader's preference, too.
 */
import { writeFileSync } from 'node:fs';

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';

/** The scatter of all images and designs, its legend at its right. */
export function scatterPicture(report) {
  const figure = /<figure class="with-legend">[\s\S]*?<\/figure>/.exec(report)?.[0];
  const chart = figure && /<svg class="chart"[\s\S]*?<\/svg>(?=\s*<figcaption>)/.exec(figure)?.[0];
  if (!chart) return undefined;
  const [width, height] = sizeOf(chart);
  const entries = [...figure.matchAll(/<li>\s*(<svg[\s\S]*?<\/svg>)([\s\S]*?)<\/li>/g)].map(([, mark, text]) => ({ mark, lines: wrapped(plainText(text), 34) }));
  let y = 30;
  const legend = entries.map(({ mark, lines }) => {
    const entry = `${placed(mark, width + 12, y, 22, 16)}${lines.map((line, i) => label(line, width + 42, y + 13 + 17 * i)).join('')}`;
    y += 17 * lines.length + 9;
    return entry;
  });
  return standalone(report, width + 300, Math.max(height, y), placed(chart, 0, 0, width, height) + legend.join(''));
}

/** The names of the designs with a strip in the report, in their order; `cell` says of which arm. */
export function stripsOf(report) {
  return [...report.matchAll(/<article class="strip" aria-label="([^"]*)">[\s\S]*?<\/article>/g)].map(([markup, name]) => ({
    name,
    steps: [...markup.matchAll(/<li><figure>(<svg class="pixels"[\s\S]*?<\/svg>)<figcaption><b>([\s\S]*?)<\/b><span>([\s\S]*?)<\/span>/g)].map(([, image, title, caption]) => ({ image, title: plainText(title), caption: plainText(caption) })),
    numbers: plainText(/<header><h4>[\s\S]*?<\/h4>([\s\S]*?)<\/header>/.exec(markup)?.[1] ?? ''),
  }));
}

/** Strips below each other: the steps from an image to a design. */
export function stripPicture(report, strips) {
  const edge = 180;
  const gap = 12;
  const row = edge + 92;
  const columns = Math.max(...strips.map(({ steps }) => steps.length));
  const rows = strips.map(({ name, numbers, steps }, r) => {
    const top = r * row;
    const panels = steps.map(({ image, title, caption }, i) => {
      const left = i * (edge + gap);
      const lines = wrapped(caption, 30).slice(0, 2);
      return placed(image, left, top + 24, edge, edge) + label(title, left, top + edge + 42, 'bold') + lines.map((line, l) => label(line, left, top + edge + 58 + 15 * l, 'small')).join('');
    });
    return label(`${name}: ${numbers}`, 0, top + 15, 'bold') + panels.join('');
  });
  return standalone(report, columns * (edge + gap) - gap, strips.length * row, rows.join(''));
}

/** One kind of step of some strips next to each other, such as the maps. */
export function stepsPicture(report, steps) {
  const edge = 240;
  const gap = 14;
  const panels = steps.map(({ image, caption }, i) => placed(image, i * (edge + gap), 0, edge, edge) + wrapped(caption, 40).map((line, l) => label(line, i * (edge + gap), edge + 18 + 15 * l, 'small')).join(''));
  return standalone(report, steps.length * (edge + gap) - gap, edge + 44, panels.join(''));
}

/** Writes a picture; returns whether there is one. */
export function writePicture(path, picture) {
  if (picture === undefined) return false;
  writeFileSync(path, picture);
  return true;
}

function standalone(report, width, height, inside) {
  const style = /<style>([\s\S]*?)<\/style>/.exec(report)[1];
  const variables = [/:root \{[^}]*\}/, /@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{[^}]*\}\s*\}/].map((pattern) => pattern.exec(style)?.[0] ?? '');
  const rules = ['.chart text', '.chart path[stroke="var(--paper)"]', '.chart .hint', '.halo', '.outline', '.frame'].map((selector) => style.split('\n').find((line) => line.startsWith(`${selector} {`)) ?? '');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="-8 -4 ${width + 16} ${height + 8}">
<style>${[...variables, ...rules].join('\n')}
text { font-family: ${font}; } .label { font-size: 13px; fill: var(--ink); } .bold { font-weight: 600; } .small { font-size: 12px; fill: var(--muted); }
image { image-rendering: pixelated; } .chart { font-size: 12px; }</style>
<rect x="-8" y="-4" width="${width + 16}" height="${height + 8}" fill="var(--paper)"/>
${inside}
</svg>
`;
}

/** An `<svg>` of the report in a place of the picture. */
function placed(svg, x, y, width, height) {
  return svg.replace(/^<svg([^>]*)>/, (_, attributes) => `<svg${attributes.replace(/ (width|height|role|aria-\w+)="[^"]*"/g, '')} x="${x}" y="${y}" width="${width}" height="${height}">`);
}

function sizeOf(svg) {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  return [Number(width), Number(height)];
}

function label(text, x, y, look = '') {
  return `<text class="label ${look}" x="${x}" y="${y}">${text}</text>`;
}

/** Without elements; entities stay, as the text goes into markup again. */
function plainText(markup) {
  return markup.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim();
}

function wrapped(text, length) {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (lines.at(-1) !== '' && lines.at(-1).length + word.length >= length) lines.push(word);
    else lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  return lines;
}
