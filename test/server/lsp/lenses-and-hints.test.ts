import { describe, expect, test } from 'vitest';
import type { LastResult } from '#server/last-results';
import { office, openText } from '#test/server/open-text';

const declarations = `material Boron { young 379.3 GPa  poisson 0.3 }
material Aluminum { young 68.3 GPa  poisson 0.33  expansion 23.6e-6 1/K }
material Spare { young 1 GPa  poisson 0.3 }
database Images { size 800  fraction 0.38 .. 0.41  cells 100% }
`;
const text = `${declarations}case C {
    white Boron  black Aluminum  from Images
    maximize E along x, y
    learn compact { epochs 20 }
    explain gradram
}
case D { white Boron  black Aluminum  from Images  plane stress  test periodic  maximize E along x  learn compact  explain gradram  construct mirror }
`;

const open = (last?: LastResult) => openText(text, {}, { results: { of: (_, { case: { name } }) => (name === 'C' ? last : undefined), hasStudyReport: () => false, onChange: () => undefined } });

describe('lenses', () => {
  async function lenses(last?: LastResult): Promise<string> {
    const opened = await open(last);
    const found = await opened.xdesign.lsp.CodeLensProvider!.provideCodeLens(opened.document, opened);
    const lines = new Map<number, string[]>();
    for (const { range, command } of found ?? []) lines.set(range.start.line, [...(lines.get(range.start.line) ?? []), `${command!.title} → ${command!.command} ${command!.arguments![1]}`]);
    return [...lines].map(([line, titles]) => `${line + 1}: ${titles.join(' | ')}`).join('\n').replaceAll('[object Object]', 'PLACE');
  }

  test('offer what can be done', async () => {
    expect(await lenses()).toMatchInlineSnapshot(`
      "1: used 2 times → xdesign.showReferences PLACE
      2: used 2 times → xdesign.showReferences PLACE
      3: not used → xdesign.showReferences PLACE
      4: Generate → xdesign.generate Images | Browse → xdesign.browse Images
      5: Run → xdesign.run C | Run until… → xdesign.runUntil C | Preview → xdesign.preview C | Compare → xdesign.compare C
      11: Run → xdesign.run D | Run until… → xdesign.runUntil D | Preview → xdesign.preview D | Compare → xdesign.compare D"
    `);
  });

  test('offer the cluster where there is one', async () => {
    const opened = await openText(text, {}, { machine: { ...office, batchSystem: 'slurm' } });
    const found = (await opened.xdesign.lsp.CodeLensProvider!.provideCodeLens(opened.document, opened)) ?? [];
    expect(found.filter(({ range }) => range.start.line === 4).map(({ command }) => command!.title)).toEqual(['Run', 'Run until…', 'Preview', 'Compare', 'Run on cluster']);
    expect(found.find(({ command }) => command!.title === 'Run on cluster')!.command).toMatchObject({ command: 'xdesign.runOnCluster', arguments: [opened.document.uri.toString(), 'C'] });
  });

  test('tell the state of the last run', async () => {
    const first = async (last: LastResult): Promise<string> => (await lenses(last)).split('\n').find((line) => line.startsWith('5:'))!.split(' → ')[0]!;
    expect(await first({ state: 'running', progress: { stage: 'learn', share: 0.404 }, hasReport: false })).toBe('5: running: learn, 40%');
    expect(await first({ state: 'finished', designs: { feasible: 196, all: 239 }, hasReport: true, stale: true })).toBe('5: finished: 196 of 239 designs feasible (stale: the file has changed)');
    expect(await first({ state: 'failed', hasReport: false })).toBe('5: failed');
    expect(await lenses({ state: 'finished', hasReport: true })).toContain('Open report → xdesign.openReport C');
  });
});

describe('hints', () => {
  async function hints(last?: LastResult, lines = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }): Promise<string> {
    const opened = await open(last);
    const found = (await opened.xdesign.lsp.InlayHintProvider!.getInlayHints(opened.document, { ...opened, range: lines })) ?? [];
    const inserted = found.toSorted((a, b) => b.position.line - a.position.line || b.position.character - a.position.character);
    return inserted.reduce((before, { position, label }) => {
      const at = opened.document.textDocument.offsetAt(position);
      return `${before.slice(0, at)} ‹${String(label)}›${before.slice(at)}`;
    }, opened.text);
  }

  test('show defaults that apply, what a run takes, and what the last one reached', async () => {
    expect(await hints({ state: 'finished', hasReport: true, best: { value: 152.1e9, percentOfLimit: 96.24 } })).toMatchInlineSnapshot(`
      "material Boron { young 379.3 GPa  poisson 0.3 }
      material Aluminum { young 68.3 GPa  poisson 0.33  expansion 23.6e-6 1/K }
      material Spare { young 1 GPa  poisson 0.3 }
      database Images { size 800  fraction 0.38 .. 0.41  cells 100% ‹kind mixed  count 20 .. 60› ‹resolution 128  seed 1› }
      case C ‹about 2 min, 6 MB› {
          white Boron  black Aluminum  from Images
          maximize E along x, y ‹152.1 GPa, 96.2% of the limit›
          learn compact { epochs 20 ‹batch 64  rate 0.01  optimizer adamw …› }
          explain gradram ‹outliers 10%  threshold 0.5, 0.6, 0.7  layer last …› ‹plane stress  test compression  construct mirror›
      }
      case D ‹about 90 s, 6 MB› { white Boron  black Aluminum  from Images  plane stress  test periodic  maximize E along x  learn compact ‹epochs 16  batch 64  rate 0.01 …›  explain gradram ‹outliers 10%  threshold 0.5, 0.6, 0.7  layer last …›  construct mirror ‹mask square  prune 4  patch 12 …› }
      "
    `);
  });

  test('say no more what a run takes when all of it is there, and say of what the file has left behind that it is stale', async () => {
    const shown = await hints({ state: 'finished', hasReport: true, complete: true, best: { value: 152.1e9 } });
    expect(shown).toContain('case C {');
    expect(shown).toContain('x, y ‹152.1 GPa›');
    expect(shown).toContain('case D ‹about 90 s');
    const changed = await hints({ state: 'finished', hasReport: true, stale: true, best: { value: 152.1e9, stale: true } });
    expect(changed).toContain('case C ‹about 2 min');
    expect(changed).toContain('x, y ‹152.1 GPa (stale)›');
  });

  test('show of two optimizations a value that either of them has for both in neither', async () => {
    const opened = await openText(`${declarations}case C { white Boron  black Aluminum  from Images  plane stress  test periodic  maximize E along x  learn compact  explain gradram  construct mirror
      refine optimization
      compare optimization { filter 4 } }`);
    const all = (await opened.xdesign.lsp.InlayHintProvider!.getInlayHints(opened.document, { ...opened, range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } })) ?? [];
    const of = (line: number): readonly unknown[] => all.filter(({ position }) => position.line === line).map(({ label }) => label);
    expect(of(5)).toEqual(['best 10  symmetry mirror', expect.stringMatching(/^about \d+ s$/)]);
    expect(of(6)).toEqual(['starts 24  from noise, cosines  symmetry mirror', expect.stringMatching(/^about \d+ s$/)]);
  });

  test('are given for the lines that are seen', async () => {
    const seen = await hints(undefined, { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } });
    expect(seen.split('\n').filter((line) => line.includes('‹')).length).toBe(1);
  });
});
