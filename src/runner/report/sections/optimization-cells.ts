/* Cells of optimizations as pictures: the best of each group, refined designs before and after, and what designs are like. */
import { designName } from '#display/arms';
import { counted, percentText } from '#display/numbers';
import { displayOf, propertyText } from '#display/properties';
import { groupLook } from '#display/starts';
import { isPeriodic } from '#domain/image-files';
import { type CaseResult, type DesignResult, findResemblances, type Image2D, type OptimizationResult, type OptimizationRun, unpackImage } from '#engine/api';
import { armsInView } from '../case-view';
import { type DesignInView, finerValue, gainOf, type RefinedPair, refinedPairs, runsOf } from '../optimization-summary';
import { signedPercent } from '../optimization-words';
import { encodeBinaryPng, pngDataUri, tiled } from '../page/encode-png';
import { type Content, html, type Markup } from '../page/html';
import { startOfSource } from './designs-section';
import { bestRun } from './optimization-chart';

/** Refined designs of each arm that are shown. */
const shownPairs = 10;

export function bestCells(result: CaseResult, optimization: OptimizationResult): Content {
  const cells = optimization.groups.flatMap((group) => {
    const run = bestRun(result, runsOf(optimization, group).filter(({ design }) => design !== undefined));
    const best = run && designOfRun(result, run);
    if (!best) return [];
    const { title } = groupLook(group.name, result.problem.arms);
    return [html`<li>${pairOfPictures(best)}<b>best from ${title}</b><span>${nameOf(best)}, began with ${originOf(result, best.design)}</span><span>${numbersOf(result, best.design)}</span></li>`];
  });
  return cells.length === 0 ? undefined : html`<h4>The best cell of each group</h4>
<ul class="cells">${cells}</ul>`;
}

export function refinedCells(result: CaseResult): Content {
  const pairs = refinedPairs(result);
  const arms = [...new Set(pairs.map(({ after }) => after.arm.name))];
  return arms.map((name) => {
    const all = pairs.filter(({ after }) => after.arm.name === name);
    const [{ after: { look } }] = all as [RefinedPair];
    const shown = all.slice(0, shownPairs);
    return html`<h4>${look.designs.slice(0, 1).toUpperCase()}${look.designs.slice(1)}, before and after</h4>
${look.meaning === undefined ? undefined : html`<p>${look.meaning}${shown.length < all.length ? ` The first ${shown.length} of ${all.length} are shown; all are in designs.csv.` : ''}</p>`}
<ul class="cells">${shown.map((pair) => refinedPair(result, pair))}</ul>`;
  });
}

function refinedPair(result: CaseResult, { before, after }: RefinedPair): Markup {
  const { property } = result.problem.objective;
  const [from, to] = [before.design.objectiveValue, after.design.objectiveValue];
  const { absolute, share } = gainOf(result, to, from);
  const limits = [before, after].map(({ design }) => design.limit?.percent);
  const percent = limits[0] === undefined || limits[1] === undefined ? undefined : `${limits[0].toFixed(1)} → ${limits[1].toFixed(1)} % of the limit`;
  return html`<li><div class="pair">${picture(cellOf(before), `${nameOf(before)}, before`)}${picture(cellOf(after), `${nameOf(after)}, after`)}</div><b>${nameOf(before)} → ${nameOf(after)}</b><span>${propertyText(property, from)} → ${propertyText(property, to)}</span><span>${absolute === 0 ? 'no gain' : `${propertyText(property, Math.abs(absolute))} ${absolute > 0 ? 'better' : 'worse'} (${signedPercent(share, 1)})`}</span>${percent === undefined ? undefined : html`<span>${percent}</span>`}${feasibility(before.design, after.design)}</li>`;
}

function feasibility(before: DesignResult, after: DesignResult): Content {
  if (before.feasible && after.feasible) return undefined;
  if (!after.feasible) return html`<span>${before.feasible ? 'no longer feasible' : 'not feasible'}</span>`;
  return html`<span>not feasible before</span>`;
}

/** Of results that were shown before: several cases have a page each and one of all, and this takes seconds. */
const resemblances = new WeakMap<CaseResult, ReturnType<typeof findResemblances>>();

function resemblancesOf(result: CaseResult): ReturnType<typeof findResemblances> {
  if (!resemblances.has(result)) resemblances.set(result, findResemblances(result));
  return resemblances.get(result);
}

export function resemblingCells(result: CaseResult, { runs }: OptimizationResult): Content {
  const [own] = armsInView(result);
  const { nearest, unrelated } = resemblancesOf(result) ?? { nearest: [] };
  const shown = nearest.slice(0, own.look.strips);
  if (shown.length === 0) return undefined;
  return html`<h4>Explained designs and the nearest optimum</h4>
<p>Next to each design is the cell of an optimization that did not begin with it and agrees with it in the most pixels, moved and turned to where it does. The overlap is the white that both have over the white that one of them has.${unrelated && ` Compared in the same way, ${counted(unrelated.pairs, 'pair')} of ${isPeriodic(result.problem.database) ? 'images of the database' : 'cells mirrored from quarters of images of the database'}, which have nothing to do with each other, agree in ${percentText(unrelated.agreement)} of their pixels on average and in ${percentText(unrelated.largestAgreement)} at most; their overlap is ${percentText(unrelated.overlap)} on average.`}</p>
<ul class="cells">${shown.map(({ design: index, run, agreement, overlap, cell }) => {
    const design: DesignInView = { ...own, design: own.arm.designs[index]!, index };
    const { group } = runs[run]!;
    return html`<li><div class="pair">${picture(cellOf(design), nameOf(design))}${picture(cell, `The nearest optimum of ${nameOf(design)}`)}</div><b>${nameOf(design)}</b><span>nearest: ${runName(result, runs[run]!)}, from ${groupLook(group, result.problem.arms).title}</span><span>${percentText(agreement)} of the pixels agree, overlap ${percentText(overlap)}</span></li>`;
  })}</ul>`;
}

function runName(result: CaseResult, run: OptimizationRun): string {
  const found = designOfRun(result, run);
  return found ? nameOf(found) : 'a run without a design of its own';
}

function designOfRun(result: CaseResult, { arm: name, design: index }: OptimizationRun): DesignInView | undefined {
  const inView = armsInView(result).find(({ arm }) => arm.name === name);
  const design = index === undefined ? undefined : inView?.arm.designs[index];
  return design && { ...inView!, design, index: index! };
}

function nameOf({ look, index, design }: DesignInView): string {
  return designName(look, index + 1, design.source);
}

function cellOf({ arm, index }: DesignInView): Image2D<'binary'> {
  return unpackImage(arm.cells, index);
}

function originOf(result: CaseResult, { source, parent }: DesignResult): string {
  if (!parent) return startOfSource(source);
  const parents = armsInView(result).find(({ arm }) => arm.name === parent.arm)!;
  return designName(parents.look, parents.arm.designs.findIndex(({ candidate }) => candidate === parent.candidate) + 1);
}

function numbersOf(result: CaseResult, design: DesignResult): string {
  const { property } = result.problem.objective;
  const finer = finerValue(result, design);
  return [
    `${displayOf(property).symbol} ${propertyText(property, design.objectiveValue)}`,
    ...(design.limit ? [`${design.limit.percent.toFixed(1)} % of the limit`] : []),
    `${percentText(design.volumeFraction)} white`,
    ...(finer === undefined ? [] : [`at twice the resolution ${propertyText(property, finer)}`]),
    ...(design.feasible ? [] : ['not feasible']),
  ].join(', ');
}

function pairOfPictures(design: DesignInView): Markup {
  const cell = cellOf(design);
  return html`<div class="pair">${picture(cell, `cell of ${nameOf(design)}`)}${picture(tiled(cell, 3), `three by three cells of ${nameOf(design)}`)}</div>`;
}

function picture(image: Image2D<'binary'>, label: string): Markup {
  return html`<img class="cell" src="${pngDataUri(encodeBinaryPng(image))}" alt="${label}" width="${image.width}" height="${image.height}">`;
}
