/*
 * CalculiX, an independent program, solved files that we exported: its numbers are ours, and the files
 * that we export today are the ones that it solved.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSpecificationFile } from '#cli/read-cases';
import { runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import { unpackImage } from '#engine/grid/microstructure-batch';
import { inverse3 } from '#engine/numerics/matrix-3';
import { abaqusInput } from '#test/support/whole-abaqus-input';

interface Run {
  readonly case: string;
  readonly test: 'compression' | 'heating' | 'periodic';
  readonly format: 'abaqus' | 'calculix';
  readonly image: string;
  readonly sha256: string;
  readonly Ex?: number;
  readonly Ey?: number;
  readonly nuxy?: number;
  readonly nuyx?: number;
  readonly ExOfEnergy?: number;
  readonly EyOfEnergy?: number;
  readonly alphax?: number;
  readonly alphay?: number;
  readonly stiffness?: readonly number[];
  /** Mean stress of the held cell at 1 K: 11, 22, 12. */
  readonly heldStress?: readonly number[];
}

const folder = new URL('../../golden/calculix/', import.meta.url);
const golden = JSON.parse(readFileSync(new URL('calculix.json', folder), 'utf8')) as {
  readonly resolution: number;
  readonly images: Readonly<Record<string, string>>;
  readonly runs: readonly Run[];
};
const { cases } = readSpecificationFile(fileURLToPath(new URL('calculix.xdesign', folder))).specification!;

function prepare(run: Run) {
  const packed = Uint8Array.from(Buffer.from(golden.images[run.image]!, 'hex'));
  const image = unpackImage({ count: 1, resolution: golden.resolution, packed }, 0);
  const { phases, plane } = cases.find((each) => each.case.name === run.case)!.case;
  return { image, test: { kind: run.test, plane, phases } };
}

/** Relative error, but for Poisson's ratios. */
const tolerance = 1e-6;
const exact = golden.runs.filter(({ format }) => format === 'calculix');

describe.each(exact)('$case, $test, $image', (run) => {
  test('the numbers', () => {
    const { image, test: { kind, plane, phases } } = prepare(run);
    const ours = runVirtualTest(image, phases, { kind, plane });
    if (run.stiffness) {
      const scale = Math.max(...run.stiffness);
      run.stiffness.forEach((entry, i) => expect((ours.stiffness![i]! - entry) / scale).within(-tolerance, tolerance));
      const S = inverse3(Float64Array.from(run.stiffness));
      const free = [0, 1].map((r) => -[0, 1, 2].reduce((sum, c) => sum + S[3 * r + c]! * run.heldStress![c]!, 0));
      expect(ours.thermalExpansion!.x / free[0]! - 1).within(-tolerance, tolerance);
      expect(ours.thermalExpansion!.y / free[1]! - 1).within(-tolerance, tolerance);
      return;
    }
    for (const [modulusX, modulusY] of [[run.Ex!, run.Ey!], [run.ExOfEnergy!, run.EyOfEnergy!]] as const) {
      expect(ours.youngsModulus!.x / modulusX - 1).within(-tolerance, tolerance);
      expect(ours.youngsModulus!.y / modulusY - 1).within(-tolerance, tolerance);
    }
    expect(ours.poissonRatio!.x - run.nuxy!).within(-tolerance, tolerance);
    expect(ours.poissonRatio!.y - run.nuyx!).within(-tolerance, tolerance);
    expect(run.alphax === undefined).toBe(kind === 'compression');
    if (run.alphax === undefined) return;
    expect(ours.thermalExpansion!.x / run.alphax - 1).within(-tolerance, tolerance);
    expect(ours.thermalExpansion!.y / run.alphay! - 1).within(-tolerance, tolerance);
  });
});

test.each(golden.runs)('the file that was solved is the file of today: $case, $test, $image, $format', (run) => {
  const { image, test: exported } = prepare(run);
  const text = abaqusInput(image, exported, { imageName: 'any.png', caseName: run.case }, run.format);
  const data = text.split('\n').slice(2).filter((line) => !line.startsWith('**')).join('\n');
  expect(createHash('sha256').update(data).digest('hex')).toBe(run.sha256);
});

test('isotropic plane stress in CalculiX is stiffer by about a percent, which is why it has files of its own', () => {
  const others = golden.runs.filter(({ format }) => format === 'abaqus');
  expect(others).toHaveLength(2);
  for (const run of others) {
    const { image, test: { kind, plane, phases } } = prepare(run);
    const { youngsModulus } = runVirtualTest(image, phases, { kind, plane });
    expect(run.Ex! / youngsModulus!.x - 1).within(2e-3, 2e-2);
    expect(run.Ey! / youngsModulus!.y - 1).within(2e-3, 2e-2);
  }
});
