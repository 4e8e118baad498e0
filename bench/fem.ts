/*
 * `npm run bench -- fem`: the table of docs/benchmarks.md. Peers and we take turns on the same images,
 * one thread each. Set-up that is done once for all images counts on neither side.
 *
 * Arguments: root of the project, folder of the bundles (both from scripts/bench.mjs), then options.
 */
import { parseArgs } from 'node:util';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { keepNumbersApart } from '#runner/keep-numbers-apart';
import { measureAgainstPeer, type PeerRow } from './against-peer';
import { elasticity, expansion, stiffness } from './comparisons';
import { measureGray } from './gray';
import { measureGrowth, measureSize } from './growth';
import { aluminumInFoam, boronInAluminum } from './images';
import { table, type Outcome } from './outcome';
import { buildPeers, type PeerPrograms } from './peer';
import { measureQuarter } from './quarter';
import { measureTwoWorkers } from './two-workers';

keepNumbersApart();

const [root, folder, ...words] = process.argv.slice(2) as [string, string, ...string[]];
const { values } = parseArgs({
  args: words,
  options: { images: { type: 'string', default: '20' }, only: { type: 'string', default: '' }, size: { type: 'string' }, test: { type: 'string' } },
});
const images = Number(values.images);
if (!Number.isInteger(images) || images < 1) throw new Error(`--images ${values.images}: a whole number of at least 1 is expected`);

function peerRows({ cholmod, python }: PeerPrograms): PeerRow[] {
  const peers = `${root}bench/peers`;
  return [
    {
      work: 'compression, both directions, contrast 5.55, CHOLMOD',
      kind: 'compression', phases: boronInAluminum, peer: [cholmod, 'compression'], floor: 5, compare: elasticity,
    },
    {
      work: 'periodic, full stiffness, contrast 5.55, FFT-CG',
      kind: 'periodic', phases: withoutExpansion(boronInAluminum), peer: [python, `${peers}/fft_cg.py`], floor: 4, compare: stiffness,
    },
    {
      work: 'heating, contrast 683 000, CHOLMOD',
      kind: 'heating', phases: aluminumInFoam, peer: [cholmod, 'heating'], floor: 3,
      compare: (theirs, ours) => expansion(theirs.slice(4), ours),
    },
    {
      work: 'periodic, stiffness and α, contrast 683 000, SuperLU',
      kind: 'periodic', phases: aluminumInFoam, peer: [python, `${peers}/superlu.py`], floor: 3,
      compare: (theirs, ours) => [...stiffness(theirs, ours), ...expansion(theirs.slice(9), ours)],
    },
  ];
}

/** The peer solves three strains; so do we. */
function withoutExpansion({ white, black }: typeof boronInAluminum): typeof boronInAluminum {
  const bare = ({ name, youngsModulus, poissonRatio }: typeof white) => ({ name, youngsModulus, poissonRatio });
  return { white: bare(white), black: bare(black) };
}

async function measure(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const wanted = (group: string): boolean => values.only === '' || values.only === group;
  if (wanted('peers')) {
    const programs = buildPeers(root, folder);
    if (typeof programs === 'string') throw new Error(programs);
    for (const row of peerRows(programs)) outcomes.push(await measureAgainstPeer(row, images));
  }
  if (wanted('quarter')) outcomes.push(measureQuarter(images));
  if (wanted('workers')) outcomes.push(await measureTwoWorkers(`${folder}/worker.mjs`, 9));
  if (wanted('gray')) for (const kind of ['periodic', 'compression'] as const) outcomes.push(measureGray(kind, images));
  if (wanted('growth')) {
    for (const kind of ['periodic', 'compression'] as const) {
      const start = (size: number): string[] => [`${folder}/fem.mjs`, root, folder, '--test', kind, '--size', String(size), '--images', String(images)];
      outcomes.push(...measureGrowth(kind, start));
    }
  }
  return outcomes;
}

if (values.size !== undefined) {
  measureSize(values.test as VirtualTestKind, Number(values.size), images);
} else {
  const outcomes = await measure();
  console.log(`${images} images, medians; plane stress, 128 × 128 where the row says nothing else\n`);
  console.log(table(outcomes));
  if (outcomes.some(({ refused }) => refused !== undefined)) process.exitCode = 1;
}
