/* A peer's program in a process of its own: one image a line, one line of numbers back. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { IsotropicMaterial, PhasePair } from '#domain/materials';
import type { Image2D } from '#engine/grid/image-2d';

/** A peer that is set up for a test and waits for images. */
export interface Peer {
  /** Its numbers of one image, and the time it took by its own clock, without set-up. */
  test(image: Image2D<'binary'>): Promise<{ readonly numbers: readonly number[]; readonly milliseconds: number }>;
  close(): void;
}

/** Starts a peer on a square grid in plane stress. */
export function startPeer(command: readonly string[], resolution: number, phases: PhasePair): Peer {
  const [program, ...words] = command as [string, ...string[]];
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const material = ({ youngsModulus, poissonRatio, thermalExpansion }: IsotropicMaterial): string =>
    `${youngsModulus} ${poissonRatio} ${thermalExpansion ?? 0}\n`;
  child.stdin.write(`plane-stress\n${material(phases.white)}${material(phases.black)}${resolution} 1000000\n`);
  return {
    async test(image) {
      if (!child.stdin.write(`${image.data.join('')}\n`)) await once(child.stdin, 'drain');
      const line = await lines.next();
      if (line.done) throw new Error(`${command.join(' ')} ended without an answer`);
      const numbers = line.value.trim().split(/\s+/).map(Number);
      return { numbers: numbers.slice(0, -1), milliseconds: numbers.at(-1)! };
    },
    close: () => child.stdin.end(),
  };
}

/** What the peers are built with and from. */
export interface PeerPrograms {
  /** The program of test/golden/fem/box.cpp. */
  readonly cholmod: string;
  readonly python: string;
}

/** Builds the peers; a sentence with the missing Debian packages where that fails. */
export function buildPeers(root: string, folder: string): PeerPrograms | string {
  const cholmod = `${folder}/cholmod`;
  const built = spawnSync('g++', ['-O3', `${root}/test/golden/fem/box.cpp`, '-o', cholmod, '-lcholmod', '-lopenblas', '-lmetis'], { encoding: 'utf8' });
  if (built.status !== 0) {
    return `The CHOLMOD peer cannot be built: apt-get install g++ libsuitesparse-dev libopenblas-dev libmetis-dev\n${built.stderr ?? built.error?.message ?? ''}`;
  }
  // Debian's Python first: another one on the path may lack SciPy.
  const python = ['/usr/bin/python3', 'python3'].find((each) => spawnSync(each, ['-c', 'import scipy.fft, scipy.sparse.linalg']).status === 0);
  return python === undefined ? 'No Python has SciPy: apt-get install python3-scipy' : { cholmod, python };
}
