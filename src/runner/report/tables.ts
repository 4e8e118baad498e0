/*
 * Tables for other programs: SI units named in the header, text quoted by RFC 4180, numbers that read back
 * to the same bits, lines that end in CRLF.
 */
import { imageKinds } from '#domain/microstructures';
import { type CaseResult, type DesignResult, type LearningResult, type OptimizationResult, type PatchSource, type VirtualTestResult } from '#engine/api';
import { type ArmInView, armsInView } from './case-view';
import { cellsFileName } from './cells-file';
import { finerValue } from './optimization-summary';
import { pictureName } from './result-files';

/** Absent values and NaN are empty cells. */
export type Cell = string | number | undefined;

interface Row extends ArmInView {
  readonly result: CaseResult;
  readonly design: DesignResult;
  /** From 1. */
  readonly rank: number;
}

/** Columns in their order. */
const columns: readonly (readonly [name: string, cell: (row: Row) => Cell])[] = [
  ['arm', ({ arm }) => arm.name],
  ['rank', ({ rank }) => rank],
  ['file', ({ look, rank }) => pictureName(look, rank)],
  ['cells_file', () => cellsFileName],
  ['cell_index', ({ rank }) => rank - 1],
  ['candidate', ({ design }) => design.candidate],
  ['parent_arm', ({ design }) => design.parent?.arm],
  ['parent_candidate', ({ design }) => design.parent?.candidate],
  ['source_image', ({ design: { source } }) => ('image' in source ? source.image : undefined)],
  ['family', ({ design: { source } }) => ('image' in source ? imageKinds[source.family] : undefined)],
  ['start_family', ({ design: { source } }) => (source.kind === 'start' ? source.family : source.kind === 'picture' ? 'pictures' : undefined)],
  ['start_number', ({ design: { source } }) => ('number' in source ? source.number : undefined)],
  ['picture', ({ design: { source } }) => (source.kind === 'picture' ? source.file : undefined)],
  ['layer', (row) => patchOf(row)?.layer],
  ['threshold', (row) => patchOf(row)?.threshold],
  ['patch_row_px', (row) => patchOf(row)?.patch.row],
  ['patch_column_px', (row) => patchOf(row)?.patch.column],
  ['patch_edge_px', (row) => patchOf(row)?.patch.edge],
  ['volume_fraction', ({ design }) => design.volumeFraction],
  ['objective_SI', ({ design }) => design.objectiveValue],
  ['limit_SI', ({ design }) => design.limit?.value],
  ['percent_of_limit', ({ design }) => design.limit?.percent],
  ['feasible', ({ design }) => String(design.feasible)],
  ['beats_database', ({ design }) => String(design.beatsDatabase)],
  ...testColumns<Row>('', ({ design }) => design.measured),
  ...testColumns<Row>('periodic_', ({ design }) => design.periodic),
  ['twice_resolution_objective_SI', ({ result, design }) => finerValue(result, design)],
  ...testColumns<Row>('twice_resolution_', ({ design }) => design.finer),
];

function patchOf({ design: { source } }: Row): PatchSource | undefined {
  return source.kind === 'patch' ? source : undefined;
}

/** All designs of all arms. */
export function designsCsv(result: CaseResult): string {
  const { names, rows } = designTable(result);
  return csvText([names, ...rows]);
}

/** Names of columns, and rows of as many cells. */
export interface NamedRows {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The designs of all arms, or of the one of that name, by rank. */
export function designTable(result: CaseResult, arm?: string): NamedRows {
  const arms = armsInView(result);
  const checks = arms.flatMap(({ arm: { designs } }) => designs)[0]?.constraints ?? [];
  const constraintColumns = checks.flatMap(({ name }, i): (readonly [string, (row: Row) => Cell])[] => [
    [`measured: ${name}`, ({ design }) => design.constraints[i]?.measured],
    [`satisfied: ${name}`, ({ design }) => String(design.constraints[i]?.satisfied)],
  ]);
  const all = [...columns, ...constraintColumns];
  const shown = arms.filter((inView) => arm === undefined || inView.arm.name === arm);
  const rows = shown.flatMap((inView) => inView.arm.designs.map((design, i): Row => ({ ...inView, result, design, rank: i + 1 })));
  return { names: all.map(([name]) => name), rows: rows.map((row) => all.map(([, cell]) => cell(row))) };
}

/** What tests measured: a row each. */
export function testTable(tests: readonly VirtualTestResult[]): NamedRows {
  const own = testColumns<VirtualTestResult>('', (result) => result);
  return { names: own.map(([name]) => name), rows: tests.map((result) => own.map(([, cell]) => cell(result))) };
}

function testColumns<R>(prefix: string, test: (row: R) => VirtualTestResult | undefined): (readonly [string, (row: R) => Cell])[] {
  const named: readonly (readonly [string, (result: VirtualTestResult) => Cell])[] = [
    ['test', ({ kind }) => kind],
    ['Ex_Pa', ({ youngsModulus }) => youngsModulus?.x],
    ['Ey_Pa', ({ youngsModulus }) => youngsModulus?.y],
    ['nuxy', ({ poissonRatio }) => poissonRatio?.x],
    ['nuyx', ({ poissonRatio }) => poissonRatio?.y],
    ['Gxy_Pa', ({ shearModulus }) => shearModulus],
    ['alphax_per_K', ({ thermalExpansion }) => thermalExpansion?.x],
    ['alphay_per_K', ({ thermalExpansion }) => thermalExpansion?.y],
    ['solver', ({ statistics }) => statistics.solver],
    ['iterations', ({ statistics }) => statistics.iterations],
    ['residual', ({ statistics }) => statistics.residual],
    ['errorEstimate', ({ statistics }) => statistics.errorEstimate],
  ];
  return named.map(([name, cell]) => [
    prefix + name,
    (row) => {
      const result = test(row);
      return result && cell(result);
    },
  ]);
}

/** Every cut of every optimization: a row each, the runs of a group next to each other. */
export function optimizationCsv({ runs }: OptimizationResult): string {
  const rows = runs.flatMap(({ arm, candidate, group, values, cuts }) =>
    Array.from(cuts.iterations, (iteration, i): Cell[] => {
      // Before the first iteration no gray cell has been measured.
      const gray = iteration === 0 ? undefined : values[iteration - 1];
      return [arm, candidate, group, iteration, cuts.solverIterations[i], gray, cuts.values[i], String(cuts.feasible[i] === 1)];
    }),
  );
  return csvText([['arm', 'candidate', 'group', 'iteration', 'solver_iterations', 'gray_objective_SI', 'objective_SI', 'feasible'], ...rows]);
}

/** The losses of the training, one row per epoch of each network; losses are mean squared errors of labels scaled to [0, 1]. */
export function trainingCsv(learning: LearningResult): string {
  const rows = learning.networks.flatMap(({ serves, curve, bestEpoch }) =>
    curve.map(({ epoch, learningRate, trainLoss, validationLoss }) => [serves.join(' '), epoch, learningRate, trainLoss, validationLoss, String(epoch === bestEpoch)]),
  );
  return csvText([['directions', 'epoch', 'learning_rate', 'training_loss', 'validation_loss', 'kept'], ...rows]);
}

/** Predicted and measured values, one row per held-out image, property and direction. */
export function parityCsv(learning: LearningResult): string {
  const rows = [...learning.quality, ...learning.otherQuality].flatMap(({ property, direction, images, measured, predicted }) =>
    Array.from(images, (image, i) => [property, direction, image, measured[i]!, predicted[i]!]),
  );
  return csvText([['property', 'direction', 'image', 'measured_SI', 'predicted_SI'], ...rows]);
}

/** Rows as CSV. */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((cells) => `${cells.map(field).join(',')}\r\n`).join('');
}

function field(cell: Cell): string {
  const text = cell === undefined || Number.isNaN(cell) ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
