/* Folders with a small specification in them, and what a run leaves there. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StageRecord } from '#domain/run-state';
import { placeText } from '#domain/stages';
import type { ArtifactKey } from '#engine/api';
import { encodeArtifact } from '#runner/codec/artifact-codec';
import { openStore } from '#runner/store/store';

/** What may differ between the small cases. */
export interface SmallCase {
  readonly size?: number;
  readonly resolution?: number;
  readonly seed?: number;
  readonly learn?: string;
  readonly thresholds?: string;
  readonly layers?: string;
  readonly outliers?: string;
  readonly difference?: string;
  /** Further entries of the case. */
  readonly more?: string;
}

const quickLearning = 'compact { epochs 2  batch 16  rate 0.003 }';

/** For tests that do not look at the designs: few images are exceptional and examined, which takes half the time. */
export const fewDesigns = { outliers: '20%', thresholds: '0.3', layers: 'stage-2' } as const;

/** For tests of what happens around a run: hardly more images than a network takes, four of which are exceptional, and two designs per arm. */
export const leastCase = { ...fewDesigns, size: 63, seed: 12, outliers: '18%' } as const;

/** A specification whose case `Stiffness` takes about five seconds of one core. */
export function smallCase({
  size = 72,
  resolution = 32,
  seed = 7,
  learn = quickLearning,
  thresholds = '0.3, 0.5',
  layers = 'stage-1, stage-2, last',
  outliers = '30%',
  difference = '10%',
  more = '',
}: SmallCase = {}): string {
  return `material Boron    { young 379.3 GPa  poisson 0.3 }
material Aluminum { young 68.3 GPa   poisson 0.3 }

database Small {
    size ${size}  resolution ${resolution}  fraction 0.38 .. 0.41  seed ${seed}
    particles 25%  fibers 25%  cells 25%  spinodal 25% { wavenumber 2 .. 6 }
}

case Stiffness {
    white Boron  black Aluminum  from Small
    maximize E along x, y
    subject to difference(E) < ${difference}
    subject to fraction in 0.39 .. 0.40
    learn ${learn}
    explain gradram { outliers top ${outliers}  threshold ${thresholds}  layer ${layers} }
    construct mirror { patch 6  prune 2 }
    compare control${more === '' ? '' : `\n    ${more}`}
}
`;
}

/** The same materials heated: 683 000 times softer black, and the least expansion wanted; one layer, whose examination takes less. */
export function heatingCase(): string {
  return `material Aluminum { young 68300 MPa  poisson 0.33  expansion 23.6e-6 1/K }
material Foam     { young 0.1 MPa    poisson 0.25  expansion 1e-15 1/K }

database Small {
    size 72  resolution 32  fraction 0.38 .. 0.41  seed 7
    particles 25%  fibers 25%  cells 25%  spinodal 25% { wavenumber 2 .. 6 }
}

case Expansion {
    white Aluminum  black Foam  from Small
    minimize expansion along x, y
    subject to difference(expansion) < 10%
    subject to fraction in 0.39 .. 0.40
    learn ${quickLearning}
    explain gradram { outliers bottom 30%  threshold 0.3  layer stage-2 }
    construct mirror { patch 6  prune 2 }
    compare control
}
`;
}

/** A folder with a specification, and the run folder beside it. */
export interface Workplace {
  readonly folder: string;
  /** The specification. */
  readonly file: string;
  /** `.xdesign`, where a run keeps everything unless it is told otherwise. */
  readonly runFolder: string;
  write(text: string): void;
  /** Another workplace with the same files. */
  copy(): Workplace;
  remove(): void;
}

/** A workplace in a fresh folder; to be removed by whoever made it. */
export function createWorkplace(text: string): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'xdesign-e2e-'));
  const file = join(folder, 'small.xdesign');
  const write = (content: string): void => writeFileSync(file, content);
  write(text);
  return {
    folder,
    file,
    runFolder: join(folder, '.xdesign'),
    write,
    copy() {
      const other = createWorkplace('');
      cpSync(folder, other.folder, { recursive: true });
      return other;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Waits for something that another process does; fails after two minutes. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (const end = performance.now() + 120_000; !condition(); await sleep(10)) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
  }
}

/** How many chunks of an unfinished stage are in the store of a run folder, which another process may use. */
export function chunksIn(runFolder: string): number {
  return slotsLike(runFolder, 'items %');
}

function slotsLike(runFolder: string, pattern: string): number {
  if (!existsSync(join(runFolder, 'store.sqlite'))) return 0;
  const database = new DatabaseSync(join(runFolder, 'store.sqlite'), { readOnly: true, timeout: 5000 });
  try {
    const tables = database.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'checkpoint'").get()!;
    if (tables['n'] === 0) return 0;
    return Number(database.prepare('SELECT count(*) AS n FROM checkpoint WHERE slot LIKE ?').get(pattern)!['n']);
  } finally {
    database.close();
  }
}

/** Whether the store holds the state of an unfinished training: its network is large, so it is a file. */
export function hasTrainingState(runFolder: string): boolean {
  const folder = join(runFolder, 'checkpoints');
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith('.bin'));
}

/** Starts of optimizations that have left something in the store, of stages that are not complete. */
export function startsIn(runFolder: string): number {
  return slotsLike(runFolder, 'start %');
}

/** The stages of the last report of a case, as its manifest tells them. */
export function stagesOf(runFolder: string, name = 'Stiffness'): readonly (StageRecord & { readonly key: ArtifactKey })[] {
  const manifest = JSON.parse(readFileSync(join(runFolder, 'results', name, 'manifest.json'), 'utf8')) as { stages: readonly (StageRecord & { key: ArtifactKey })[] };
  return manifest.stages;
}

/** Key, header and a hash of the bytes of each stage's value in the store, by `placeText`. */
export function storedValues(runFolder: string, name = 'Stiffness'): Record<string, { readonly key: string; readonly header: unknown; readonly hash: string }> {
  const store = openStore(runFolder, (finding) => {
    throw new Error(finding.message);
  });
  try {
    const entries = stagesOf(runFolder, name).map(({ key, ...place }) => {
      const stage = placeText(place);
      const value = store.get(key);
      if (!value) throw new Error(`the value of ${stage} is not in the store`);
      const hash = createHash('sha256').update(encodeArtifact(key, value)).digest('hex');
      return [stage, { key, header: value.header, hash }] as const;
    });
    return Object.fromEntries(entries);
  } finally {
    store.close();
  }
}

/** The bytes of a case's table and pictures, which depend on nothing but the specification. */
export function resultBytes(runFolder: string, name = 'Stiffness'): Record<string, string> {
  const folder = join(runFolder, 'results', name);
  const names = readdirSync(folder).filter((file) => /\.(csv|png)$/.test(file));
  return Object.fromEntries(names.sort().map((file) => [file, readFileSync(join(folder, file)).toString('base64')]));
}
