/*
 * The result of a run in plain words: whether designs beat the database, how near they are to the physical limit,
 * and whether the explanation does better than chance. A negative answer is stated as plainly as a positive one.
 */
import { imageWord } from '#display/database';
import { isBetter, objectiveValue } from '#domain/objective';
import { propertyOf, type ArmComparison, type CaseResult, type DesignResult, type PhysicalLimit } from '#engine/api';
import { type ArmInView, armsInView, type ArmSummary, hasControl, isDrawn, isOtherConstruction, summarizeArm } from './case-view';
import { type ComparisonOutcome, comparisonSentence, outcomeOfComparison } from './comparison-words';
import { constructionName } from './construction-words';
import { bestOptimized, type DesignInView, gainOf } from './optimization-summary';
import { type ArmLook, designName } from '#display/arms';
import { groupLook } from '#display/starts';
import { counted, fixed, percentText } from '#display/numbers';
import { displayOf, propertyText, testName, subscript } from '#display/properties';
import { capitalized, listed } from '#units/sentences';

/** The verdict mentions a hold-out R² below this: the maps then explain a network that predicts poorly. */
const poorR2 = 0.8;

export interface Verdict {
  readonly outcome: 'beats-database' | 'feasible-only' | 'nothing-feasible' | 'no-designs';
  /** How the case's own arm compares with each of those that do not optimize, in their order. */
  readonly comparisons: readonly {
    /** What the own arm stands for in it: `explanation`, `mirror construction`. */
    readonly own: string;
    readonly with: ArmLook;
    readonly outcome: ComparisonOutcome;
  }[];
  readonly headline: string;
  /** Sentences after the headline, most important first. */
  readonly sentences: readonly string[];
}

/** Judges one case from its numbers. */
export function judge(result: CaseResult): Verdict {
  const [own, ...all] = armsInView(result);
  const others = all.filter(isDrawn);
  const summary = summarizeArm(result.problem.objective, own.arm);
  const outcome = outcomeOf(summary);
  return {
    outcome,
    comparisons: others.map((other) => ({
      own: (isOtherConstruction(result, other) ? constructionName(result, own.arm.name) : own.look.standsFor).replace(/^the /, ''),
      with: other.look,
      outcome: outcomeOfComparison(comparisonWith(result, other.arm.name)),
    })),
    headline: headlineOf(result, summary, outcome),
    sentences: [
      ...outcomeSentences(result, own, summary, outcome),
      ...optimizationSentences(result, summary),
      ...(!hasControl(result) ? ['There is no control arm, so this run cannot compare the explanation with chance.'] : []),
      ...others.flatMap((other) => comparisonSentences(result, own, other)),
      ...all.flatMap((other) => (other.arm.spec.proposals === 'pictures' ? [pictureSentence(result, summary, other)] : [])),
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
  const images = counted(result.database.images.count, imageWord(result.problem.database));
  switch (outcome) {
    case 'no-designs':
      return 'This run produced no design.';
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

function outcomeSentences(result: CaseResult, { arm, look }: ArmInView, { attempts, best }: ArmSummary, outcome: Verdict['outcome']): string[] {
  if (outcome === 'no-designs') {
    const reasons = arm.failures.map(({ message, count }) => `${message} (${count})`).join('; ');
    const patches = counted(attempts, 'patch', 'patches');
    return [attempts === 0 ? 'No patch was tried.' : `None of ${patches} gave a cell${reasons === '' ? '' : `: ${reasons}`}.`];
  }
  if (outcome === 'nothing-feasible') return [brokenConstraints(arm.designs)];
  return bestSentences(result, best!, designName(look, arm.designs.indexOf(best!) + 1));
}

function brokenConstraints(designs: readonly DesignResult[]): string {
  const names = designs[0]!.constraints.map(({ name }) => name);
  const broken = names.flatMap((name, i) => {
    const count = designs.filter((design) => !design.constraints[i]!.satisfied).length;
    return count === 0 ? [] : [`“${name}” by ${count}`];
  });
  return `Constraints that ${counted(designs.length, 'design')} break: ${broken.join(', ')}.`;
}

function bestSentences(result: CaseResult, best: DesignResult, name: string): string[] {
  const { objective } = result.problem;
  const { property, directions, sense } = objective;
  const { symbol } = displayOf(property);
  const database = result.database.best;
  const value = propertyOf(best.measured, property);
  const worst = directions.length > 1 ? ' in its worse direction' : '';
  const both = directions.map((direction) => `${symbol}${subscript(property, direction)} ${propertyText(property, value[direction])}`).join(', ');
  const sentences = [
    `The best feasible one, ${name}, reaches ${symbol} = ${propertyText(property, best.objectiveValue)}${worst}` +
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

/** The periodic value of the same cell: for thermal expansion the test decides the number. */
function periodicSentences({ problem: { objective } }: CaseResult, { periodic }: DesignResult): string[] {
  const { property } = objective;
  if (!periodic || (property === 'thermal-expansion' && !periodic.thermalExpansion)) return [];
  const worst = objectiveValue(objective, propertyOf(periodic, property));
  return [`The periodic test, for one cell among many, gives the same design ${displayOf(property).symbol} = ${propertyText(property, worst)}.`];
}

function differenceText(value: number, reference: number): string {
  const share = (value - reference) / Math.abs(reference);
  return share >= 0 ? `${percentText(share)} above it` : `${percentText(-share)} below it`;
}

function comparisonWith({ comparisons }: CaseResult, name: string): ArmComparison | undefined {
  return comparisons.find(({ arms: [, other] }) => other === name);
}

/** The comparison of the own arm with another one, and the best design of that one. */
function comparisonSentences(result: CaseResult, own: ArmInView, other: ArmInView): string[] {
  const comparison = comparisonWith(result, other.arm.name);
  if (comparison) return [comparisonSentence(result, comparison), bestOfOther(result, own, other)];
  const { source, sources, standsFor, called } = other.look;
  if (isOtherConstruction(result, other)) {
    const made = [own, other].map(({ arm }) => `${constructionName(result, arm.name)} made ${counted(arm.designs.length, 'design')}`);
    return [`The constructions cannot be compared: ${made.join(', ')}.`];
  }
  return [
    other.arm.designs.length === 0
      ? `No ${source} gave a design, so ${own.look.standsFor} cannot be compared with ${standsFor}.`
      : `${capitalized(called)}, ${sources}, made ${counted(other.arm.designs.length, 'design')}; the case’s own arm made none to compare them with.`,
  ];
}

function bestOfOther({ problem: { objective }, optimization }: CaseResult, own: ArmInView, { arm, look }: ArmInView): string {
  const other = summarizeArm(objective, arm);
  const ownBest = summarizeArm(objective, own.arm).best;
  if (!other.best) return `No design of ${look.called} is feasible.`;
  const beat = `${counted(other.beating, 'design')} of ${look.called} ${other.beating === 1 ? 'beats' : 'beat'} the database`;
  const value = propertyText(objective.property, other.best.objectiveValue);
  if (!ownBest) return `The best feasible design of ${look.called} reaches ${value}; ${beat}.`;
  return isBetter(objective, other.best.objectiveValue, ownBest.objectiveValue)
    ? `The best single cell of ${optimization ? 'the two arms' : 'the run'} is a ${look.design}: ${value}; ${beat}.`
    : `The best design of ${look.called} reaches ${value}; ${beat}.`;
}

/** How far pictures reach; they are chosen, so there is no significance. */
function pictureSentence({ problem: { objective } }: CaseResult, { best: ownBest }: ArmSummary, { arm, look }: ArmInView): string {
  const { best, designs } = summarizeArm(objective, arm);
  if (!best) return `None of ${counted(designs, 'picture')} is feasible.`;
  const name = designName(look, arm.designs.indexOf(best) + 1, best.source);
  const value = `${propertyText(objective.property, best.objectiveValue)}${best.limit ? `, ${best.limit.percent.toFixed(1)} % of the limit` : ''}`;
  const judgment = ownBest && (isBetter(objective, best.objectiveValue, ownBest.objectiveValue) ? ', better than the best design of the case' : ', no better than the best design of the case');
  return `The best feasible one of ${counted(designs, 'picture')}, ${name}, reaches ${value}${judgment ?? ''}.`;
}

/** Values of two cells count as equally good if they differ by no more than this share. */
const equallyGood = 1e-3;

/** What the best design gains by optimization, and whether that needs a design as a start. */
function optimizationSentences(result: CaseResult, { best }: ArmSummary): string[] {
  const refined = bestOptimized(result, ({ arm }) => arm.spec.startFrom === result.arms[0].name);
  const other = bestOptimized(result, ({ arm }) => arm.spec.proposals === 'starts');
  const before = best && ((value: number) => `, ${gainSentence(gainOf(result, value, best.objectiveValue).share)} the best design before`);
  const reaches = ({ design }: DesignInView): string => `reaches ${valueOfDesign(result, design)}${before?.(design.objectiveValue) ?? ''}`;
  const sources = result.optimization && listed(result.problem.optimization.from.map((source) => groupLook(source, result.problem.arms).title));
  if (!refined) return other ? [`Optimized from ${sources}, the best cell ${reaches(other)}.`] : [];
  const first = `Refined, the best design ${reaches(refined)}.`;
  if (!other) return [first];
  const { share } = gainOf(result, other.design.objectiveValue, refined.design.objectiveValue);
  const judgment = share > equallyGood ? 'do better' : share < -equallyGood ? 'do not do as well' : 'do as well';
  return [first, `Starts that no design inspired (${sources}) ${judgment}: the best of them reaches ${valueOfDesign(result, other.design)}.`];
}

/** `156.1 GPa, 98.6 % of the limit`. */
function valueOfDesign({ problem: { objective } }: CaseResult, { objectiveValue: value, limit }: DesignResult): string {
  return `${propertyText(objective.property, value)}${limit ? `, ${limit.percent.toFixed(1)} % of the limit` : ''}`;
}

function gainSentence(share: number): string {
  return share >= 0 ? `${percentText(share)} better than` : `${percentText(-share)} worse than`;
}

function learningSentences({ learning }: CaseResult): string[] {
  const quality = learning?.quality ?? [];
  const poor = quality.filter(({ r2 }) => !(r2 >= poorR2));
  if (poor.length === 0) return [];
  const values = poor.map(({ direction, r2 }) => `R² ${fixed(r2, 2)} along ${direction}`).join(', ');
  return [`The network predicts the held-out images poorly (${values}), so its explanations deserve little trust.`];
}
