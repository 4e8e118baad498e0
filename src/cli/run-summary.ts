/* The results of a run, as the JSON object of --json and as a few lines of text. */
import { counted } from '#display/numbers';
import { placeText, type StageName } from '#domain/stages';
import type { CaseResult, DesignResult, LearningResult, VirtualTestResult } from '#engine/api';
import { comparisonsJson } from '#runner/report/comparison-words';
import { plain } from '#runner/report/construction-words';
import { optimizationJson } from '#runner/report/optimization-json';
import { bestOptimized } from '#runner/report/optimization-summary';
import type { StudySpecification } from '#language/specification/specification';
import { mostPictures } from '#runner/report/result-files';
import { trustInMaps, trustJson } from '#runner/report/faithfulness/trust';
import type { CaseOutcome, RunOutcome } from '#runner/run';
import type { StudyResult } from '#runner/study/study-result';
import { saysOfStudy, studyWords } from '#runner/study/study-words';
import { studyJson } from '#runner/study/write-study';
import { formatCount } from '#units/format-quantity';
import { durationText } from '#display/durations';

/** The JSON object of `run --json`; SI units. */
export function runSummary({ cases, study, report }: RunOutcome): object {
  return { cases: cases.map(caseSummary), ...(study && { study: studyJson(study) }), ...(report !== undefined && { report }) };
}

function caseSummary({ name, values, stages, result, written }: CaseOutcome): object {
  return {
    name,
    ...(result
      ? {
          database: { count: result.database.images.count, best: { ...result.database.best } },
          ...(result.learning && { learning: learningSummary(result.learning) }),
          faithfulness: faithfulnessSummary(result),
          arms: result.arms.map(({ name: arm, attempts, designs }, a) => ({
            name: arm,
            attempts,
            ...(written && { cells: written.cells }),
            designs: designs.map((design, i) => ({
              ...(written?.arms[a]?.designs[i] !== undefined && { file: written.arms[a].designs[i] }),
              rank: i + 1,
              ...designSummary(design),
            })),
          })),
          comparisons: comparisonsJson(result),
          ...(result.optimization && { optimization: optimizationJson(result) }),
        }
      : values.images && { database: { count: values.images.images.count } }),
    seconds: Object.fromEntries(stages.map(({ seconds, ...place }) => [placeText(place), seconds])),
  };
}

function learningSummary(learning: LearningResult): object {
  const byDirection = (pick: (quality: LearningResult['quality'][number]) => number): object =>
    Object.fromEntries(learning.quality.map((quality) => [quality.direction, pick(quality)]));
  const others = learning.otherQuality.map(({ property, direction, r2, mse }) => ({ property, direction, r2, mse }));
  return { r2: byDirection(({ r2 }) => r2), mse: byDirection(({ mse }) => mse), ...(others.length > 0 && { others }), trainSeconds: learning.trainSeconds };
}

/** Means over the examined images; `better`: images in which deletion does better than chance, by finite elements. */
function faithfulnessSummary(result: CaseResult): object {
  const { images, maps, perturbation } = result.faithfulness;
  return {
    images: images.length,
    trust: trustJson(result),
    maps: maps.map(({ layer, direction, evidence, correlation, partialCorrelation, randomized }) => ({
      layer,
      direction,
      withoutEvidence: evidence.none,
      correlation: correlation.mean,
      partialCorrelation: partialCorrelation.mean,
      randomized: randomized.at(-1)?.mean ?? null,
    })),
    perturbation: perturbation.map(({ ranking, finiteElements }) => ({
      ranking,
      ...(finiteElements && { gain: finiteElements.deletionGain.mean, better: finiteElements.deletionGain.better, p: finiteElements.deletionGain.p }),
    })),
  };
}

function designSummary(design: DesignResult): object {
  return {
    volumeFraction: design.volumeFraction,
    properties: propertiesOf(design.measured),
    ...(design.periodic && { periodic: propertiesOf(design.periodic) }),
    ...(design.finer && { twiceResolution: propertiesOf(design.finer) }),
    ...(design.parent && { parent: design.parent }),
    ...(design.source.kind === 'start' && { start: { family: design.source.family, number: design.source.number } }),
    ...(design.source.kind === 'picture' && { start: { file: design.source.file } }),
    objectiveValue: design.objectiveValue,
    feasible: design.feasible,
    percentOfLimit: design.limit?.percent ?? null,
    beatsDatabase: design.beatsDatabase,
  };
}

/** The properties that a test measured, by the names of `xdesign simulate`. */
function propertiesOf({ youngsModulus, poissonRatio, shearModulus, thermalExpansion }: VirtualTestResult): object {
  return {
    ...(youngsModulus && { Ex: youngsModulus.x, Ey: youngsModulus.y }),
    ...(poissonRatio && { nuxy: poissonRatio.x, nuyx: poissonRatio.y }),
    ...(shearModulus !== undefined && { Gxy: shearModulus }),
    ...(thermalExpansion && { alphax: thermalExpansion.x, alphay: thermalExpansion.y }),
  };
}

/** A study that ended before its results. */
export interface StoppedStudy {
  readonly study: Pick<StudySpecification, 'name' | 'variants'>;
  readonly until: StageName | undefined;
}

function studyLines(study: StudyResult): string[] {
  const [headline, ...sentences] = saysOfStudy(studyWords(study));
  return [`${study.name}: ${counted(study.variants.length, 'variant')} of ${study.case}. ${headline}`, ...sentences];
}

/** A few lines for people; ends with where the report is. */
export function summaryText({ cases, study, report, status }: RunOutcome, stopped?: StoppedStudy): string[] {
  if (study) return [...studyLines(study), `Report: ${report}`];
  if (stopped && status === 'finished') return [`${stopped.study.name}: ${counted(stopped.study.variants.length, 'variant')}, stopped after ${stopped.until ?? 'nothing'}, as asked.`];
  const lines = cases.flatMap(({ name, result, stages, written }) => {
    if (!result) return [`${name}: stopped after ${stages.at(-1)?.stage ?? 'nothing'}, as asked.`];
    const [{ designs }] = result.arms;
    const feasible = designs.filter((design) => design.feasible);
    const winners = feasible.filter((design) => design.beatsDatabase);
    const best = feasible[0];
    const optimized = bestOptimized(result)?.design.limit;
    const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
    return [
      `${name}: ${winners.length} of ${formatCount(designs.length, 'design')} ${winners.length === 1 ? 'is feasible and beats' : 'are feasible and beat'} all ${formatCount(result.database.images.count, 'image')}` +
        (best?.limit ? `; the best reaches ${best.limit.percent.toFixed(1)} % of the physical limit` : '') +
        (optimized ? `${best?.limit ? ',' : ';'} by optimization ${optimized.percent.toFixed(1)} %${best?.limit ? '' : ' of the physical limit'}` : '') +
        ` (${durationText(seconds)}).`,
      ...comparisonsJson(result).flatMap(({ verdict }) => (verdict === undefined ? [] : [`${name}: ${verdict}`])),
      ...trustInMaps(result).map(({ sentence }) => `${name}: ${plain(sentence)}`),
      ...(written ? [`${name}: cells of all designs in ${written.cells}, the best ${mostPictures} of each arm as PNG next to it.`] : []),
    ];
  });
  return report === undefined ? lines : [...lines, `Report: ${report}`];
}
