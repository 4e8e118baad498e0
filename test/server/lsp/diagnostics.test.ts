import { expect, test } from 'vitest';
import type { LastResult } from '#server/last-results';
import { office, openText } from '#test/server/open-text';

const text = `material Boron { young 379.3 GPa  poisson 0.3 }
material Aluminum { young 68.3 GPa  poisson 0.33 }
database Images { size 20000  resolution 256  fraction 0.38 .. 0.41  cells 100% }
case C { white Boron  black Aluminum  from Images  maximize E along x, y
    subject to difference(E) < 10%  subject to E > 150 GPa  subject to poisson < 0.2 }
`;

async function diagnose(options: Parameters<typeof openText>[2], content = text): Promise<readonly string[]> {
  const { document } = await openText(content, {}, options);
  return document.diagnostics!.map(({ range, severity, code, message }) => `${document.textDocument.getText(range)}: ${severity} ${code}: ${String(message)}`);
}

test('each code leads to its section', async () => {
  const { document } = await openText('material A { young 1 Gpa  poisson 0.3 }', {}, { prepare: ({ shared }) => shared.xdesign.Settings.change({ findingsPage: 'https://example.org/findings' }) });
  expect(document.diagnostics![0]!.codeDescription).toEqual({ href: 'https://example.org/findings#unknown-unit' });
});

test('a run that fits is no matter', async () => {
  expect(await diagnose({})).toEqual([]);
});

test('a run that needs more memory or disk than there is is told at its case', async () => {
  const [memory] = await diagnose({ machine: { ...office, memory: 1e6 } });
  expect(memory).toMatch(/^C: 2 workers-exceed-memory: The test compression of 256 × 256 pixels takes \d+\.\d GiB of memory on each of 4 threads; this machine has 0\.0 GiB\./);
  const [disk] = await diagnose({ machine: { ...office, freeDisk: () => 1e8 } });
  expect(disk).toMatch(/^C: 2 run-exceeds-disk: A run will take about \d+ MB of the disk; 100 MB are free\./);
});

test('a constraint that no image meets is told, with the best that one has', async () => {
  const images = (highest: number): LastResult => ({
    state: 'finished', hasReport: true,
    images: { 'youngs-modulus': { highest, lowest: 100e9, leastDifference: 0.12 }, 'poisson-ratio': { highest: 0.3, lowest: 0.19, leastDifference: 0 } },
  });
  const results = (last: LastResult) => ({ results: { of: () => last, hasStudyReport: () => false, onChange: () => undefined } });
  expect(await diagnose(results(images(149e9)))).toEqual([
    'subject to difference(E) < 10%: 3 constraint-met-by-no-image: No image of the database meets this: the best has 12%. A design still may, but the network has no example. Relax it, or generate images that come closer.',
    'subject to E > 150 GPa: 3 constraint-met-by-no-image: No image of the database meets this: the best has 149 GPa. A design still may, but the network has no example. Relax it, or generate images that come closer.',
  ]);
  expect(await diagnose(results(images(151e9)))).toHaveLength(1);
});
