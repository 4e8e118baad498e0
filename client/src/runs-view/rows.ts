/* The rows of the runs view and what is below each. Rows are plain data; how they look is in tree-items.ts. */
import type { StageStatus } from '#domain/run-state';
import { isArmStage, placeText } from '#domain/stages';
import type { PackedImages } from '#protocol/packed';
import type { PanelPlaces } from '#protocol/panel-messages';
import { hasSteps, type ObjectiveView, type RankedDesign } from '#protocol/result';
import type { Gone, RunReference, RunSummary } from '#protocol/runs';
import type { RunList } from '#client/run-list';
import type { Thumbnails } from './thumbnails';

interface AnyRow {
  /** Stays the same while the row's content changes, so that it stays open and selected. */
  readonly id: string;
  readonly reference: RunReference;
  readonly parent?: Row;
}

/** A case of a file; `gone` when the file, or the case in it, no longer exists. */
export interface CaseRow extends AnyRow {
  readonly kind: 'case';
  readonly runs: readonly RunSummary[];
  readonly gone: Gone | undefined;
}

export interface RunRow extends AnyRow {
  readonly kind: 'run';
  readonly run: RunSummary;
}

export interface StageRow extends AnyRow {
  readonly kind: 'stage';
  readonly run: RunSummary;
  readonly stage: StageStatus;
}

/** The designs of one arm. */
export interface DesignsRow extends AnyRow {
  readonly kind: 'designs';
  readonly arm: string;
  readonly isOwn: boolean;
}

export interface DesignRow extends AnyRow {
  readonly kind: 'design';
  readonly design: RankedDesign;
  readonly objective: ObjectiveView;
  readonly image: PackedImages;
  readonly places: Partial<PanelPlaces>;
}

export type Row = CaseRow | RunRow | StageRow | DesignsRow | DesignRow;

export class RunRows {
  constructor(
    private readonly runs: RunList,
    private readonly thumbnails: Thumbnails,
  ) {}

  roots(): readonly CaseRow[] {
    const present = this.runs.cases.map(({ uri, case: caseName, runs }) => caseRow({ uri, case: caseName }, runs, undefined));
    const gone = this.runs.others.map(({ uri, case: caseName, runs, gone: what }) => caseRow({ uri, case: caseName }, runs, what));
    return [...present, ...gone];
  }

  async children(row: Row): Promise<readonly Row[]> {
    switch (row.kind) {
      case 'case':
        // The current runs: the row may be outdated when the editor requests its children, and would remove runs again.
        return this.runs.of(row.reference).map((run) => runRow(row, run));
      case 'run': {
        const run = this.runs.last(row.reference) ?? row.run;
        const arms = [...new Set(run.stages.filter(({ stage }) => isArmStage(stage)).flatMap(({ arm }) => arm ?? []))];
        return [...(run.best === undefined ? [] : arms.map((arm, i) => designsRow(row, arm, i === 0))), ...run.stages.map((stage) => stageRow(row, run, stage))];
      }
      case 'designs':
        return (await this.thumbnails.best(row.reference, row.arm)).map(({ design, objective, image }) => designRow(row, design, objective, image));
      default:
        return [];
    }
  }

  /** The row of a run, or of the last run of a case. */
  rowOf(reference: RunReference): RunRow | CaseRow | undefined {
    const parent = this.roots().find(({ reference: { uri, case: caseName } }) => uri === reference.uri && caseName === reference.case);
    const run = this.runs.last(reference);
    return parent && (run === undefined ? parent : runRow(parent, run));
  }
}

function caseRow(reference: RunReference, runs: readonly RunSummary[], gone: Gone | undefined): CaseRow {
  // With its first run the row gets a new id: the editor keeps rows collapsed that it knows without children.
  const id = [reference.uri, reference.case, ...(runs.length === 0 ? ['never run'] : [])].join('#');
  return { kind: 'case', id, reference, runs, gone };
}

function runRow(parent: CaseRow, run: RunSummary): RunRow {
  return { kind: 'run', id: `${parent.id}#${run.run}`, reference: { ...parent.reference, run: run.run }, parent, run };
}

function stageRow(parent: RunRow, run: RunSummary, stage: StageStatus): StageRow {
  return { kind: 'stage', id: `${parent.id}#${placeText(stage)}`, reference: parent.reference, parent, run, stage };
}

function designsRow(parent: RunRow, arm: string, isOwn: boolean): DesignsRow {
  return { kind: 'designs', id: `${parent.id}#designs${isOwn ? '' : ` ${arm}`}`, reference: parent.reference, parent, arm, isOwn };
}

function designRow(parent: DesignsRow, design: RankedDesign, objective: ObjectiveView, image: PackedImages): DesignRow {
  const { arm, rank, origin } = design;
  const places: Partial<PanelPlaces> = {
    design: { arm, rank },
    ...(origin.kind === 'patch' && { heatMap: { image: origin.image, layer: origin.layer, threshold: origin.threshold } }),
    ...(origin.kind === 'image' && { heatMap: { image: origin.image } }),
    ...(hasSteps(design) && { skeleton: { arm, rank } }),
  };
  return { kind: 'design', id: `${parent.id}#${design.name}`, reference: parent.reference, parent, design, objective, image, places };
}
