/* The rows of the runs view and what is below each. Rows are plain data; how they look is in tree-items.ts. */
import type { StageStatus } from '#domain/run-state';
import { isArmStage, placeText } from '#domain/stages';
import type { PackedImages } from '#protocol/packed';
import type { PanelPlaces } from '#protocol/panel-messages';
import { hasSteps, type ObjectiveView, type RankedDesign } from '#protocol/result';
import type { Gone, RunReference, RunSummary } from '#protocol/runs';
import type { RunList } from '#client/run-list';
import { isSameStudy, listedStudies, type ListedStudy, type StudyReference } from '#client/studies';
import type { Thumbnails } from './thumbnails';
import { settingsText } from '#domain/study';

interface AnyRow {
  /** Stays the same while the row's content changes, so that it stays open and selected. */
  readonly id: string;
  readonly parent?: Row;
}

interface RowOfCase extends AnyRow {
  readonly reference: RunReference;
}

/** A study of a file; `gone` when the file, or the study in it, no longer exists. */
export interface StudyRow extends AnyRow {
  readonly kind: 'study';
  readonly study: ListedStudy;
}

/** A case of a file, or a variant; `gone` when the file, or the case in it, no longer exists. */
export interface CaseRow extends RowOfCase {
  readonly kind: 'case';
  readonly runs: readonly RunSummary[];
  readonly gone: Gone | undefined;
  /** Present for a variant: its settings, and whether it is the best of its study. */
  readonly variant?: { readonly settings: string; readonly isBest: boolean };
}

export interface RunRow extends RowOfCase {
  readonly kind: 'run';
  readonly run: RunSummary;
}

export interface StageRow extends RowOfCase {
  readonly kind: 'stage';
  readonly run: RunSummary;
  readonly stage: StageStatus;
}

/** The designs of one arm. */
export interface DesignsRow extends RowOfCase {
  readonly kind: 'designs';
  readonly arm: string;
  readonly isOwn: boolean;
}

export interface DesignRow extends RowOfCase {
  readonly kind: 'design';
  readonly design: RankedDesign;
  readonly objective: ObjectiveView;
  readonly image: PackedImages;
  readonly places: Partial<PanelPlaces>;
}

export type Row = StudyRow | CaseRow | RunRow | StageRow | DesignsRow | DesignRow;

export class RunRows {
  constructor(
    private readonly runs: RunList,
    private readonly thumbnails: Thumbnails,
  ) {}

  /** The cases and studies of each file, then what is gone. */
  roots(): readonly (CaseRow | StudyRow)[] {
    const { cases, others } = this.runs;
    const studies = listedStudies(this.runs);
    const uris = new Set([...cases, ...studies.filter(({ gone }) => gone === undefined)].map(({ uri }) => uri));
    const present = [...uris].flatMap((uri) => [
      ...cases.filter((each) => each.uri === uri).map(({ case: caseName, runs }) => caseRow({ uri, case: caseName }, runs, undefined)),
      ...studies.filter((each) => each.uri === uri && each.gone === undefined).map(studyRow),
    ]);
    const gone = others.flatMap(({ uri, case: caseName, runs, gone: what, variant }) => (variant ? [] : [caseRow({ uri, case: caseName }, runs, what)]));
    return [...present, ...gone, ...studies.filter((each) => each.gone !== undefined).map(studyRow)];
  }

  async children(row: Row): Promise<readonly Row[]> {
    switch (row.kind) {
      case 'study':
        return variantRows(row, listedStudies(this.runs).find((each) => isSameStudy(each, row.study)) ?? row.study);
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
    const rows = this.roots().flatMap((row) => (row.kind === 'study' ? variantRows(row, row.study) : [row]));
    const parent = rows.find(({ reference: { uri, case: caseName } }) => uri === reference.uri && caseName === reference.case);
    const run = this.runs.last(reference);
    return parent && (run === undefined ? parent : runRow(parent, run));
  }

  rowOfStudy(study: StudyReference): StudyRow | undefined {
    return this.roots().find((row): row is StudyRow => row.kind === 'study' && isSameStudy(row.study, study));
  }
}

function studyRow(study: ListedStudy): StudyRow {
  // As of a case: the editor keeps rows collapsed that it knows without children.
  const hasRuns = study.variants.some(({ runs }) => runs.length > 0);
  return { kind: 'study', id: [study.uri, 'study', study.study, ...(hasRuns ? [] : ['never run'])].join('#'), study };
}

function variantRows(parent: StudyRow, { best, variants }: ListedStudy): readonly CaseRow[] {
  return variants.map(({ uri, case: caseName, runs, settings, gone }) => ({
    ...caseRow({ uri, case: caseName }, runs, gone), parent, variant: { settings: settingsText(settings), isBest: best?.variant === caseName },
  }));
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
    ...(origin.kind === 'patch' && { heatMap: { image: origin.image, layer: origin.layer, ...(origin.threshold !== undefined && { threshold: origin.threshold }) } }),
    ...(origin.kind === 'image' && { heatMap: { image: origin.image } }),
    ...(hasSteps(design) && { skeleton: { arm, rank } }),
  };
  return { kind: 'design', id: `${parent.id}#${design.name}`, reference: parent.reference, parent, design, objective, image, places };
}
