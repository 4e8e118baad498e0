/* What the paper's own recipe would take: from rates that docs/benchmarks.md has, and multiply-adds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paperCases } from './cases.mjs';
import { countText, durationText, table } from '../words.mjs';

/** Images that are trained on in an epoch: 80 % of 20 000, of which our recipe validates on 5 %. */
const trainingImages = 20000 * 0.8;
const networks = 2;
/** Multiply-adds per second that a graphics card sustains, for two cards: round numbers, not measured by us. */
const cards = [['10 trillion multiply-adds/s', 1e13], ['1 trillion multiply-adds/s', 1e12]];

export function recipe({ root }) {
  const benchmarks = readFileSync(join(root, 'docs/benchmarks.md'), 'utf8');
  const rate = Number(/^\| `resnet18`, batch \d+, two threads \|[^|]*\| ([\d.]+) images\/s/m.exec(benchmarks)?.[1]);
  const [, images, exponent] = /([\d.]+) million images, ([\d.]+e\d+) multiply-adds/.exec(benchmarks) ?? [];
  const perImage = Number(exponent) / (Number(images) * 1e6);
  if (!(rate > 0 && perImage > 0)) throw new Error('docs/benchmarks.md no longer has the rate of resnet18 with two threads, or the multiply-adds of the paper');
  const rows = paperCases.map(({ number, epochs }) => {
    const seen = epochs * trainingImages * networks;
    return [String(number), String(epochs), countText(seen), durationText(seen / rate), ...cards.map(([, speed]) => durationText((seen * perImage) / speed))];
  });
  return `\`examples/paper/stiffness.xdesign\`, \`poisson.xdesign\` and \`expansion.xdesign\` have the paper’s recipe: \`resnet18\`, one network a direction, batches of 32. This page does not: it would take days here.

${table(['case', 'epochs', 'images seen by both networks', 'training on two cores', ...cards.map(([name]) => `on a card with ${name}`)], rows)}

Two cores train ${rate} images per second ([benchmarks](benchmarks.md)); the paper’s network takes ${(perImage / 1e9).toFixed(1)} billion multiply-adds for an image, forward and back. The columns for graphics cards are arithmetic with round speeds; we have not measured one.`;
}
