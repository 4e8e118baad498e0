/*
 * Virtual-test results of many images as named flat columns, the form in which they are stored and
 * cross threads. A property that the test does not give is a column of NaN.
 */
import type { VirtualTestKind } from '#domain/virtual-tests';
import { ensure } from '#engine/core/bug-error';
import { solverNames, type VirtualTestResult } from '#engine/fem/virtual-test';
import { artifactAs, type Artifact } from '#engine/core/artifact';

/** Tests of the cells of one arm; entry i belongs to cell i. */
export interface CellTests {
  /** The case's own test. */
  readonly measured: readonly VirtualTestResult[];
  /** The periodic test for comparison; absent unless the case heats its cells. */
  readonly periodic?: readonly VirtualTestResult[];
  /** The case's own test of the best cell at twice the resolution, each pixel as four; absent unless the arm optimizes. */
  readonly finer?: { readonly cell: number; readonly result: VirtualTestResult };
}

const scalarColumns = ['Ex', 'Ey', 'nuxy', 'nuyx', 'Gxy', 'alphax', 'alphay'] as const;

/** Columns of `results`; entry i of each belongs to result i, `stiffness` has nine entries per result. */
export function encodeTests(results: readonly VirtualTestResult[]): Artifact {
  const column = (pick: (result: VirtualTestResult) => number | undefined): Float64Array =>
    Float64Array.from(results, (result) => pick(result) ?? NaN);
  const stiffness = new Float64Array(9 * results.length).fill(NaN);
  results.forEach((result, i) => {
    if (result.stiffness) stiffness.set(result.stiffness, 9 * i);
  });
  return {
    header: { kind: results[0]?.kind ?? null },
    arrays: {
      volumeFraction: column((result) => result.volumeFraction),
      Ex: column((result) => result.youngsModulus?.x),
      Ey: column((result) => result.youngsModulus?.y),
      nuxy: column((result) => result.poissonRatio?.x),
      nuyx: column((result) => result.poissonRatio?.y),
      Gxy: column((result) => result.shearModulus),
      alphax: column((result) => result.thermalExpansion?.x),
      alphay: column((result) => result.thermalExpansion?.y),
      stiffness,
      solver: Uint8Array.from(results, ({ statistics }) => positionOf(statistics.solver)),
      unknowns: column((result) => result.statistics.unknowns),
      iterations: column((result) => result.statistics.iterations),
      residual: column((result) => result.statistics.residual),
      errorEstimate: column((result) => result.statistics.errorEstimate),
    },
  };
}

/** The results that `encodeTests` was given. */
export function decodeTests(artifact: Artifact): VirtualTestResult[] {
  const { header: { kind }, arrays: columns } = artifactAs<{ readonly kind: VirtualTestKind }, { readonly [name: string]: Float64Array }>(artifact);
  return Array.from(columns['Ex']!, (_, i): VirtualTestResult => {
    const [Ex, Ey, nuxy, nuyx, Gxy, alphax, alphay] = scalarColumns.map((name) => columns[name]![i]!) as [
      number, number, number, number, number, number, number,
    ];
    const stiffness = columns['stiffness']!.slice(9 * i, 9 * i + 9);
    const solver = solverNames[columns['solver']![i]!];
    ensure(solver !== undefined, 'a stored test of an unknown solver');
    const errorEstimate = columns['errorEstimate']![i]!;
    return {
      kind,
      volumeFraction: columns['volumeFraction']![i]!,
      ...(Number.isNaN(Ex) ? {} : { youngsModulus: { x: Ex, y: Ey } }),
      ...(Number.isNaN(nuxy) ? {} : { poissonRatio: { x: nuxy, y: nuyx } }),
      ...(Number.isNaN(Gxy) ? {} : { shearModulus: Gxy }),
      ...(Number.isNaN(alphax) ? {} : { thermalExpansion: { x: alphax, y: alphay } }),
      ...(Number.isNaN(stiffness[0]!) ? {} : { stiffness }),
      statistics: {
        solver,
        unknowns: columns['unknowns']![i]!,
        iterations: columns['iterations']![i]!,
        residual: columns['residual']![i]!,
        ...(Number.isNaN(errorEstimate) ? {} : { errorEstimate }),
      },
    };
  });
}

function positionOf(solver: string): number {
  const position = solverNames.indexOf(solver);
  ensure(position >= 0, `a solver "${solver}" that solverNames does not list`);
  return position;
}
