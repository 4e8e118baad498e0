/*
 * `npm run bench -- extension`: the packed extension in a real workbench, through its window; each figure beside
 * what is wanted. VS Code itself says how long the activation took. A panel's time goes from the key that calls it
 * to its content; a frame counts when the scatter was drawn anew in it.
 *
 * Arguments: root of the project, folder of the bundles (both from scripts/bench.mjs).
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkbench } from '#test/workbench/harness/open-workbench';
import { prepareWorkbench } from '#test/workbench/harness/prepare';
import type { WorkbenchWindow } from '#test/workbench/harness/workbench-window';
import { millisecondsToGallery } from './extension/gallery';
import { residentMegabytes } from './extension/memory';
import { framesWhilePanning } from './extension/panning';
import { millisecondsToContent, watchContent } from './extension/panel-content';
import { median } from './outcome';

const [root, programs] = process.argv.slice(2) as [string, string];
const reloads = 20;
const activations = 5;
/** Points of the scatter. */
const points = 20_000;

interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly wanted: string;
  readonly met: boolean;
}

const specification = (name: string, images: number): string => `
material Boron    { young 379.3 GPa  poisson 0.3 }
material Aluminum { young 68.3 GPa   poisson 0.3 }
database Images {
    size ${images}  resolution 32  fraction 0.38 .. 0.41  seed 7
    particles 25%  fibers 25%  cells 25%  spinodal 25% { wavenumber 2 .. 6 }
}
case ${name} {
    white Boron  black Aluminum  from Images
    maximize E along x, y
    subject to fraction in 0.39 .. 0.40
    learn compact { epochs 2  batch 16  rate 0.003 }
    explain gradram { outliers top 30%  threshold 0.3, 0.5  layer stage-1, stage-2, last }
    construct mirror { patch 6  prune 2 }
    compare control
}
`;

/** Cases whose runs are there before the window is: one with designs, one with as many points as are wanted. */
function fill(workspace: string): void {
  const run = (name: string, images: number, ...options: readonly string[]): void => {
    const file = join(workspace, `${name.toLowerCase()}.xdesign`);
    writeFileSync(file, specification(name, images));
    execFileSync(process.execPath, [join(programs, 'xdesign.mjs'), 'run', file, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
  };
  run('Small', 72);
  run('Large', points, '--until', 'select');
}

/** Milliseconds of loading the extension's code and calling it. */
async function activation(window: WorkbenchWindow): Promise<number> {
  await window.openFile('small.xdesign');
  await window.codeLens('small.xdesign', /^Run$/);
  await window.command('Developer: Show Running Extensions');
  const text = await window.page.locator('.runtime-extensions-editor .extension', { hasText: 'XDesign' }).locator('.activation-time').textContent();
  return Number(/(\d+)\s*ms/.exec(text ?? '')![1]);
}

const panels = [
  { command: 'XDesign: Open Heat Map', tab: 'Small: Heat Map', shows: 'article.heat-map canvas' },
  { command: 'XDesign: Open Skeleton', tab: 'Small: Skeleton', shows: 'article canvas' },
  { command: 'XDesign: Browse Database', tab: 'Small: Database', shows: 'article.database canvas' },
  { command: 'XDesign: Open Training', tab: 'Small: Training', shows: '.charts canvas' },
] as const;

/** The panels after the first, which has paid for the window's first webview. */
async function contents(window: WorkbenchWindow): Promise<readonly number[]> {
  await window.openFile('small.xdesign');
  await window.command('XDesign: Open Designs');
  await window.panel('Small: Designs', 'article.design canvas');
  const times: number[] = [];
  for (const panel of panels) times.push(await millisecondsToContent(window, panel));
  return times;
}

async function measure(): Promise<readonly Figure[]> {
  const { paths, remove } = await prepareWorkbench(root, console.log);
  const { window, server, browser, close } = await openWorkbench(paths, { fill });
  try {
    await watchContent(window.page);
    const starts: number[] = [];
    for (let round = 0; round < activations; round++) {
      await window.reload();
      starts.push(await activation(window));
    }
    const opened = await contents(window);
    console.log(`activation ${starts.join(', ')} ms; content ${opened.map((each) => each.toFixed(0)).join(', ')} ms`);

    await window.openFile('large.xdesign');
    await window.command('XDesign: Browse Database');
    const large = { tab: 'Large: Database', shows: 'article.database canvas' } as const;
    const frames = await framesWhilePanning(window, await window.panel(large.tab, large.shows));

    const gallery = await millisecondsToGallery(root, browser, 200);

    const memory: number[] = [];
    for (let round = 0; round < reloads; round++) {
      await window.reload();
      await window.panel(large.tab, large.shows);
      memory.push(await residentMegabytes(server.processId));
    }
    console.log(`memory ${memory.map((each) => each.toFixed(0)).join(', ')} MB`);
    const [early, late] = [median(memory.slice(0, 5)), median(memory.slice(-5))];
    return [
      { what: `activation, median of ${activations}`, value: median(starts), unit: 'ms', wanted: '≤ 300 ms', met: median(starts) <= 300 },
      { what: 'first content of a panel, slowest of four', value: Math.max(...opened), unit: 'ms', wanted: '≤ 500 ms', met: Math.max(...opened) <= 500 },
      { what: 'gallery of 200 designs, from opening its page in a plain browser', value: gallery, unit: 'ms', wanted: '≤ 1000 ms', met: gallery <= 1000 },
      { what: `scatter of ${points} points while panning`, value: frames, unit: 'frames/s', wanted: '≥ 50', met: frames >= 50 },
      { what: `memory of the extension’s processes, last 5 of ${reloads} reloads over the first 5`, value: late / early, unit: '×', wanted: '≤ 1.05 ×', met: late / early <= 1.05 },
    ];
  } finally {
    await close();
    remove();
  }
}

const figures = await measure();
console.log('\n| figure | measured | wanted | met |\n|---|---|---|---|');
for (const { what, value, unit, wanted, met } of figures) console.log(`| ${what} | ${value.toFixed(value < 10 ? 2 : 0)} ${unit} | ${wanted} | ${met ? 'yes' : 'no'} |`);
