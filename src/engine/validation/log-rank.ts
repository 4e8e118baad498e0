/*
 * The log-rank test of two groups of times until an event, some of which are not known because observation ended
 * before (right-censored): Mantel, Cancer Chemotherapy Reports 50 (1966) 163–170; Peto & Peto, Journal of the Royal
 * Statistical Society A 135 (1972) 185–206, doi 10.2307/2344317. At each time of an event, those who had it are compared
 * with how many of the first group were to be expected among as many of all still under observation; with ties the
 * variance is hypergeometric. One who is censored at the time of an event was still under observation.
 *
 * The difference between observed and expected events is a sum of one score per member (Peto & Peto, section 5): the
 * event, 0 or 1, less the sum of events over number at risk until its time. Where the choices of members for the first
 * group can be counted, p is the share of those with as large a sum. This is exact where both groups are observed for
 * equally long, whatever the size of the groups; the normal approximation is too small in the tail of small groups.
 */
import { ensure } from '#engine/core/bug-error';
import { standardNormalUpperTail } from './significance-tests';

/** When a member had its event, or until when it was observed without one; a time without event may be infinite. */
export interface EventTime {
  readonly time: number;
  readonly event: boolean;
}

/** Outcome of the log-rank test of a first against a second group. */
export interface LogRankResult {
  readonly firstCount: number;
  readonly secondCount: number;
  /** Events of both groups together. */
  readonly allEvents: number;
  /** Events of the first group, and how many were to be expected if both groups had them alike. */
  readonly events: number;
  readonly expected: number;
  /** Of the events of the first group, hypergeometric; (events − expected)² / variance is the chi-square of the test. */
  readonly variance: number;
  /** Probability of as many events of the first group, as early, or more, if both groups had them alike. */
  readonly pOneSided: number;
  /** Probability of a difference at least as large in either direction. */
  readonly pTwoSided: number;
  /** `exact`: all choices of members are counted. */
  readonly method: 'exact' | 'normal-approximation';
}

/** How many choices, equal members taken together, are counted at most: 20 unlike members, or far more with ties. */
const mostChoices = 2 ** 20;

/** Tests whether members of `first` tend to have the event earlier than those of `second`. Both groups need at least one. */
export function logRank(first: readonly EventTime[], second: readonly EventTime[]): LogRankResult {
  ensure(first.length > 0 && second.length > 0, 'logRank needs members in both groups');
  const members = [...first, ...second].map((member, i) => ({ ...member, isFirst: i < first.length }));
  ensure(members.every(({ time, event }) => (event ? Number.isFinite(time) : !Number.isNaN(time))), 'logRank needs times');
  // An event comes before the end of an observation at the same time.
  members.sort((a, b) => compareTimes(a.time, b.time) || Number(b.event) - Number(a.event));

  let [atRisk, firstAtRisk, hazard] = [members.length, first.length, 0];
  let [allEvents, events, expected, variance] = [0, 0, 0, 0];
  const classes: ScoreClass[] = [];
  for (let start = 0; start < members.length; ) {
    const { time, event } = members[start]!;
    let end = start;
    while (end < members.length && members[end]!.time === time && members[end]!.event === event) end++;
    const size = end - start;
    const ofFirst = members.slice(start, end).filter(({ isFirst }) => isFirst).length;
    if (event) {
      const share = firstAtRisk / atRisk;
      allEvents += size;
      events += ofFirst;
      expected += size * share;
      if (atRisk > 1) variance += (size * share * (1 - share) * (atRisk - size)) / (atRisk - 1);
      hazard += size / atRisk;
    }
    const [score, last] = [Number(event) - hazard, classes.at(-1)];
    // Those censored between the same two events have one score.
    if (last?.score === score) classes[classes.length - 1] = { score, size: last.size + size };
    else classes.push({ score, size });
    atRisk -= size;
    firstAtRisk -= ofFirst;
    start = end;
  }

  const outcome = { firstCount: first.length, secondCount: second.length, allEvents, events, expected, variance };
  const choices = classes.reduce((product, { size }) => product * (size + 1), 1);
  if (choices <= mostChoices) return { ...outcome, ...countChoices(classes, first.length, events - expected), method: 'exact' };
  const z = (events - expected) / Math.sqrt(variance);
  return {
    ...outcome,
    // Without a difference that chance could make there is no evidence.
    pOneSided: variance > 0 ? standardNormalUpperTail(z) : 1,
    pTwoSided: variance > 0 ? 2 * standardNormalUpperTail(Math.abs(z)) : 1,
    method: 'normal-approximation',
  };
}

function compareTimes(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** Members with the same score. */
interface ScoreClass {
  readonly score: number;
  readonly size: number;
}

/** The shares of all choices of `count` members whose scores have at least the sum `observed`, or are at least as far from 0. */
function countChoices(classes: readonly ScoreClass[], count: number, observed: number): { pOneSided: number; pTwoSided: number } {
  // Rounding must not decide whether the observed choice itself counts.
  const slack = 1e-12 * classes.reduce((sum, { score, size }) => sum + size * Math.abs(score), 0);
  /** How many members the classes from each one on have. */
  const remaining = classes.map((_, from) => classes.slice(from).reduce((sum, { size }) => sum + size, 0));
  let [all, larger, farther] = [0, 0, 0];
  const choose = (next: number, left: number, sum: number, ways: number): void => {
    const chosen = classes[next];
    if (chosen === undefined) {
      if (left > 0) return;
      all += ways;
      if (sum >= observed - slack) larger += ways;
      if (Math.abs(sum) >= Math.abs(observed) - slack) farther += ways;
      return;
    }
    if (left > remaining[next]!) return;
    let binomial = 1;
    for (let k = 0; k <= Math.min(chosen.size, left); k++) {
      choose(next + 1, left - k, sum + k * chosen.score, ways * binomial);
      binomial *= (chosen.size - k) / (k + 1);
    }
  };
  choose(0, count, 0, 1);
  return { pOneSided: larger / all, pTwoSided: farther / all };
}
