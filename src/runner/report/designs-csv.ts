/*
 * All designs of both arms as a table for other programs: SI units named in the header, numbers that
 * read back to the same bits, text quoted by RFC 4180.
 */
import { families, type ArmResult, type CaseResult, type DesignResult, type VirtualTestResult } from '#engine/api';
import { csvText, type Cell } from './csv-text';
import { designFileName } from './result-files';

interface Row {
  readonly arm: ArmResult;
  readonly design: DesignResult;
  /** From 1. */
  readonly rank: number;
}

/** Columns in their order. What a design does not have is an empty cell. */
const columns: readonly (readonly [name: string, cell: (row: Row) => Cell])[] = [
  ['arm', ({ arm }) => arm.arm],
  ['rank', ({ rank }) => rank],
  ['file', ({ arm, rank }) => designFileName(arm.arm, rank)],
  ['source_image', ({ design }) => design.source.image],
  ['family', ({ design }) => families[design.source.family]],
  ['layer', ({ design }) => design.source.layer],
  ['threshold', ({ design }) => design.source.threshold],
  ['patch_row_px', ({ design }) => design.source.patch.row],
  ['patch_column_px', ({ design }) => design.source.patch.column],
  ['patch_edge_px', ({ design }) => design.source.patch.edge],
  ['volume_fraction', ({ design }) => design.volumeFraction],
  ['objective_SI', ({ design }) => design.objectiveValue],
  ['limit_SI', ({ design }) => design.limit?.value],
  ['percent_of_limit', ({ design }) => design.limit?.percent],
  ['feasible', ({ design }) => String(design.feasible)],
  ['beats_database', ({ design }) => String(design.beatsDatabase)],
  ...testColumns('', ({ design }) => design.measured),
  ...testColumns('periodic_', ({ design }) => design.periodic),
];

/** The file's text; lines end in CRLF. */
export function designsCsv(result: CaseResult): string {
  const arms = [result.explained, ...(result.control ? [result.control] : [])];
  const checks = arms.flatMap(({ designs }) => designs)[0]?.constraints ?? [];
  const constraintColumns = checks.flatMap(({ name }, i): (readonly [string, (row: Row) => Cell])[] => [
    [`measured: ${name}`, ({ design }) => design.constraints[i]?.measured],
    [`satisfied: ${name}`, ({ design }) => String(design.constraints[i]?.satisfied)],
  ]);
  const all = [...columns, ...constraintColumns];
  const rows = arms.flatMap((arm) => arm.designs.map((design, i): Row => ({ arm, design, rank: i + 1 })));
  const lines = [all.map(([name]) => name), ...rows.map((row) => all.map(([, cell]) => cell(row)))];
  return csvText(lines);
}

function testColumns(prefix: string, test: (row: Row) => VirtualTestResult | undefined): (readonly [string, (row: Row) => Cell])[] {
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
