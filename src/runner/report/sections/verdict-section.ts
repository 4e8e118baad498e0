/* The result in words and in a few numbers. */
import type { CaseResult, DesignResult, PairedComparison } from '#engine/api';
import { armsInView, hasControl, optimizes, summarizeArm } from '../case-view';
import { bestOptimized, gainOf } from '../optimization-summary';
import { countText, fixed, numberText, percentText, probabilityStatement } from '#display/numbers';
import { displayOf } from '#display/properties';
import { html, type Content, type Markup } from '../page/html';
import type { ComparisonOutcome } from '../comparison-words';
import { judge, type Verdict } from '../verdict';

const badges: Readonly<Record<Verdict['outcome'], string>> = {
  'beats-database': 'beats the database',
  'feasible-only': 'does not beat the database',
  'nothing-feasible': 'nothing feasible',
  'no-designs': 'no designs',
};

const comparisonBadges: Readonly<Record<ComparisonOutcome, (comparison: Verdict['comparisons'][number]) => string>> = {
  better: ({ own, with: { standsFor } }) => `${own} better than ${standsFor}`,
  'no-difference': ({ own, with: { standsFor } }) => `${own} not better than ${standsFor}`,
  worse: ({ with: { called } }) => `${called} wins`,
  unknown: ({ with: { standsFor } }) => `no comparison with ${standsFor}`,
};

export function verdictSection(result: CaseResult): Markup {
  const verdict = judge(result);
  const [first, ...others] = verdict.sentences;
  return html`<section class="verdict ${verdict.outcome}" aria-label="Verdict">
<p class="badges"><span class="badge ${verdict.outcome}">${badges[verdict.outcome]}</span> ${verdict.comparisons.length === 0 ? html`<span class="badge">no comparison with chance</span>` : verdict.comparisons.map((each) => html`<span class="badge ${each.outcome}">${comparisonBadges[each.outcome](each)}</span> `)}</p>
<p class="headline">${verdict.headline}</p>
<p class="lead">${first}</p>
${others.length === 0 ? undefined : html`<ul>${others.map((sentence) => html`<li>${sentence}</li>`)}</ul>`}
</section>
<dl class="tiles">${tiles(result).map(({ name, value, note }) => html`<div><dt>${name}</dt><dd><strong>${value}</strong><span>${note}</span></dd></div>`)}</dl>`;
}

interface Tile {
  readonly name: string;
  readonly value: Content;
  readonly note: string;
}

function tiles(result: CaseResult): Tile[] {
  const { objective } = result.problem;
  const [own, ...all] = armsInView(result);
  const others = all.filter((other) => !optimizes(other));
  const { best, beating, feasible, designs } = summarizeArm(objective, own.arm);
  const database = result.database.best.objectiveValue;
  const display = displayOf(objective.property, [best?.objectiveValue ?? database]);
  const { symbol, unit } = display;
  const suffix = unit === '' ? '' : ` ${unit}`;
  const change = best && (best.objectiveValue - database) / Math.abs(database);
  const { learning } = result;
  return [
    {
      name: `best ${symbol}`,
      value: best ? html`${numberText(display, best.objectiveValue)}<small>${suffix}</small>` : '–',
      note: change === undefined ? 'no feasible design' : `${change >= 0 ? '+' : ''}${percentText(change)} compared with the best image`,
    },
    {
      name: 'of the physical limit',
      value: best?.limit ? html`${best.limit.percent.toFixed(1)}<small> %</small>` : '–',
      note: best?.limit ? (result.limits[0]?.name ?? '') : 'no limit known',
    },
    {
      name: 'beat the database',
      value: countText(beating),
      note: `of ${countText(feasible)} feasible designs, ${countText(designs)} in all`,
    },
    ...optimizationTile(result, best),
    ...(!hasControl(result) ? [{ name: 'better than chance', value: '–', note: 'no arm for comparison' }] : []),
    ...others.map(({ arm, look }): Tile => {
      const comparison = result.comparisons.find(({ arms: [, name] }) => name === arm.name);
      if (comparison?.paired) return pairedTile(comparison.paired, look.called);
      return {
        name: `better than ${look.one}`,
        value: comparison ? html`${(100 * comparison.superiority).toFixed(0)}<small> % of pairs</small>` : '–',
        note: comparison ? `one-sided ${probabilityStatement(comparison.byImage.pOneSided)}` : 'no comparison',
      };
    }),
    learning
      ? {
          name: 'hold-out R²',
          value: fixed(Math.min(...learning.quality.map(({ r2 }) => r2)), 3),
          note: `${learning.quality.map(({ direction, r2 }) => `${direction} ${fixed(r2, 3)}`).join(', ')}; ${learning.network} network`,
        }
      : { name: 'network', value: 'none', note: 'exact contributions by finite elements' },
  ];
}

function pairedTile({ bothFeasible, firstBetter, valuesByImage }: PairedComparison, called: string): Tile {
  return {
    name: `better than ${called}`,
    value: bothFeasible === 0 ? '–' : html`${((100 * firstBetter) / bothFeasible).toFixed(0)}<small> % of patches</small>`,
    note: bothFeasible === 0 ? 'no patch is feasible by both' : `of ${countText(bothFeasible)} that are feasible by both, ${probabilityStatement(valuesByImage.pTwoSided)}`,
  };
}

/** The best cell of the arms that optimize. */
function optimizationTile(result: CaseResult, best: DesignResult | undefined): Tile[] {
  const { objective } = result.problem;
  const optimized = bestOptimized(result);
  if (!optimized) return [];
  const { objectiveValue, limit } = optimized.design;
  const { symbol, unit, ...display } = displayOf(objective.property, [objectiveValue]);
  const gain = best && gainOf(result, objectiveValue, best.objectiveValue).share;
  const parts = [gain === undefined ? [] : `${gain >= 0 ? '+' : ''}${percentText(gain)} compared with the best design`, limit ? `${limit.percent.toFixed(1)} % of the limit` : []].flat();
  return [{
    name: `best ${symbol} by optimization`,
    value: html`${numberText({ unit, ...display }, objectiveValue)}<small>${unit === '' ? '' : ` ${unit}`}</small>`,
    note: parts.join(', '),
  }];
}
