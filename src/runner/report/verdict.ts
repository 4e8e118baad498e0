/*
 * What a run showed, in plain words: did designs beat the database, how near is the physical limit,
 * and is the explanation worth more than luck? It says as plainly when the answer is no.
 */
import { isBetter, propertyOf, type CaseResult, type DesignResult, type PhysicalLimit } from '#engine/api';
import { summarizeArm, type ArmSummary } from './arm-summary';
import { counted, countText, displayOf, fixed, percentText, probabilityStatement, propertyText, testName } from './display-property';
import { designName } from './result-files';

/** Below this probability a difference of the arms is not put down to chance. */
export const significanceLevel = 0.05;

/** Hold-out R² below this is called out: the maps then explain a network that predicts poorly. */
const poorR2 = 0.8;

export interface Verdict {
  readonly outcome: 'beats-database' | 'feasible-only' | 'nothing-feasible' | 'no-designs';
  readonly explanation: 'better-than-luck' | 'no-difference' | 'worse-than-luck' | 'no-control';
  readonly headline: string;
  /** Sentences after the headline, most important first. */
  readonly sentences: readonly string[];
}

/** Judges one case from its numbers. */
export function judge(result: CaseResult): Verdict {
  const { objective } = result.problem;
  const explained = summarizeArm(objective, result.explained);
  const control = result.control && summarizeArm(objective, result.control);
  const outcome = outcomeOf(explained);
  return {
    outcome,
    explanation: explanationOf(result),
    headline: headlineOf(result, explained, outcome),
    sentences: [
      ...outcomeSentences(result, explained, outcome),
      ...explanationSentences(result, explained, control),
      ...learningSentences(result),
    ],
  };
}

function outcomeOf({ designs, feasible, beating }: ArmSummary): Verdict['outcome'] {
  if (designs === 0) return 'no-designs';
  if (feasible === 0) return 'nothing-feasible';
  return beating === 0 ? 'feasible-only' : 'beats-database';
}

function headlineOf(result: CaseResult, { feasible, beating }: ArmSummary, outcome: Verdict['outcome']): string {
  const images = counted(result.database.images.count, 'random image');
  switch (outcome) {
    case 'no-designs':
      return 'No design came out of this run.';
    case 'nothing-feasible':
      return 'No design satisfies all constraints.';
    case 'feasible-only':
      return `No design beats the best of ${images}.`;
    case 'beats-database':
      return beating === 1
        ? `1 of ${counted(feasible, 'feasible design')} beats every one of ${images}.`
        : `${counted(beating, 'design')} beat every one of ${images}.`;
  }
}

function outcomeSentences(result: CaseResult, explained: ArmSummary, outcome: Verdict['outcome']): string[] {
  if (outcome === 'no-designs') {
    const reasons = result.explained.failures.map(({ message, count }) => `${message} (${count})`).join('; ');
    const patches = counted(explained.attempts, 'patch', 'patches');
    return [explained.attempts === 0 ? 'No patch was tried.' : `None of ${patches} gave a cell${reasons === '' ? '' : `: ${reasons}`}.`];
  }
  if (outcome === 'nothing-feasible') return [brokenConstraints(result)];
  return bestSentences(result, explained.best!);
}

function brokenConstraints({ explained: { designs } }: CaseResult): string {
  const names = designs[0]!.constraints.map(({ name }) => name);
  const broken = names.flatMap((name, i) => {
    const count = designs.filter((design) => !design.constraints[i]!.satisfied).length;
    return count === 0 ? [] : [`“${name}” by ${count}`];
  });
  return `Of ${counted(designs.length, 'design')}, constraints are broken: ${broken.join(', ')}.`;
}

function bestSentences(result: CaseResult, best: DesignResult): string[] {
  const { objective } = result.problem;
  const { property, directions, sense } = objective;
  const { symbol, subscript } = displayOf(property);
  const database = result.database.best;
  const value = propertyOf(best.measured, property);
  const worst = directions.length > 1 ? ' in its worse direction' : '';
  const both = directions.map((direction) => `${symbol}${subscript[direction]} ${propertyText(property, value[direction])}`).join(', ');
  const rank = result.explained.designs.indexOf(best) + 1;
  const sentences = [
    `The best feasible one, ${designName('explained', rank)}, reaches ${symbol} = ${propertyText(property, best.objectiveValue)}${worst}` +
      ` (${both}) at ${percentText(best.volumeFraction)} white in ${testName(best.measured.kind)}.`,
    `The best image reaches ${propertyText(property, database.objectiveValue)} at` +
      ` ${percentText(result.database.volumeFractions[database.index]!)} white: the design is` +
      ` ${differenceText(best.objectiveValue, database.objectiveValue)}, where ${sense === 'maximize' ? 'higher' : 'lower'} is better.`,
  ];
  const limit = result.limits[0];
  if (best.limit && limit) {
    sentences.push(
      `That is ${best.limit.percent.toFixed(1)} % of the physical limit at its own volume fraction` +
        ` (${limit.name}: ${propertyText(property, best.limit.value)}).`,
    );
    if (best.limit.percent > 100) sentences.push(beyondLimit(limit));
  }
  return [...sentences, ...periodicSentences(result, best)];
}

function beyondLimit({ condition }: PhysicalLimit): string {
  return `A value beyond the limit needs a reason: ${condition} Elements of one pixel overestimate stiffness a little, too.`;
}

/** The same cell among its like: for thermal expansion the test decides the number. */
function periodicSentences({ problem: { objective } }: CaseResult, { periodic }: DesignResult): string[] {
  const { property, directions, sense } = objective;
  if (!periodic || (property === 'thermal-expansion' && !periodic.thermalExpansion)) return [];
  const values = directions.map((direction) => propertyOf(periodic, property)[direction]);
  const worst = sense === 'maximize' ? Math.min(...values) : Math.max(...values);
  return [`The periodic test, a cell among many, gives the same design ${displayOf(property).symbol} = ${propertyText(property, worst)}.`];
}

function differenceText(value: number, reference: number): string {
  const share = (value - reference) / Math.abs(reference);
  return share >= 0 ? `${percentText(share)} above it` : `${percentText(-share)} below it`;
}

function explanationOf({ significance }: CaseResult): Verdict['explanation'] {
  if (!significance) return 'no-control';
  const { superiority, pOneSided, pTwoSided } = significance.byImage;
  if (superiority > 0.5 && pOneSided < significanceLevel) return 'better-than-luck';
  return superiority < 0.5 && pTwoSided < significanceLevel ? 'worse-than-luck' : 'no-difference';
}

function explanationSentences(result: CaseResult, explained: ArmSummary, control: ArmSummary | undefined): string[] {
  if (!control) return ['There is no control arm, so this run cannot say what the explanation is worth beside luck.'];
  if (!result.significance) {
    return [
      control.designs === 0
        ? 'No random patch gave a design, so the explanation cannot be compared with luck.'
        : `The control arm, random patches, made ${counted(control.designs, 'design')}; there is nothing to compare it with.`,
    ];
  }
  return [significanceSentence(result), ...bestOfArms(result, explained, control)];
}

function significanceSentence(result: CaseResult): string {
  const { superiority, byImage } = result.significance!;
  const { pOneSided, pTwoSided } = byImage;
  const images = `Mann–Whitney on the means of ${countText(byImage.firstCount)} and ${counted(byImage.secondCount, 'image')}`;
  const counts = `${countText(result.explained.designs.length)} against ${counted(result.control!.designs.length, 'design')}; ${images}`;
  switch (explanationOf(result)) {
    case 'better-than-luck':
      return (
        `The explanation does better than luck: a design from a critical region beats one from a random patch in` +
        ` ${percentText(superiority, 0)} of all pairs (${counts}, one-sided ${probabilityStatement(pOneSided)}).`
      );
    case 'worse-than-luck':
      return (
        `The control wins: a design from a random patch beats one from a critical region in` +
        ` ${percentText(1 - superiority, 0)} of all pairs (${counts}, two-sided ${probabilityStatement(pTwoSided)}).`
      );
    default:
      return (
        `The explanation does not do measurably better than luck: its designs beat those of random patches in` +
        ` ${percentText(superiority, 0)} of all pairs, which chance explains (${counts}, one-sided ${probabilityStatement(pOneSided)}).`
      );
  }
}

function bestOfArms({ problem: { objective } }: CaseResult, explained: ArmSummary, control: ArmSummary): string[] {
  const beat = `${counted(control.beating, 'control design')} ${control.beating === 1 ? 'beats' : 'beat'} the database`;
  if (!control.best) return ['No control design is feasible.'];
  const value = propertyText(objective.property, control.best.objectiveValue);
  if (!explained.best) return [`The best feasible control design reaches ${value}; ${beat}.`];
  const controlLeads = isBetter(objective, control.best.objectiveValue, explained.best.objectiveValue);
  return [
    controlLeads
      ? `The best single cell of the run is a random patch’s: ${value}; ${beat}.`
      : `The best control design reaches ${value}; ${beat}.`,
  ];
}

function learningSentences({ learning: { quality } }: CaseResult): string[] {
  const poor = quality.filter(({ r2 }) => !(r2 >= poorR2));
  if (poor.length === 0) return [];
  const values = poor.map(({ direction, r2 }) => `R² ${fixed(r2, 2)} along ${direction}`).join(', ');
  return [`The network predicts the held-out images poorly (${values}), so its explanations deserve little trust.`];
}
