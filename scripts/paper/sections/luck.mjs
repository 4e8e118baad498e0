/* Explanation against chance: floors for a study over seeds of each case, next to what it measured. */
import { paperCases } from './cases.mjs';
import { countText, notRun, numberText, pText, table, valueText } from '../words.mjs';

/** What is asked of each case; `best` is of the best feasible design without refinement, its mean over the seeds. */
const floors = {
  Stiffness: { byImage: 0.85, atLeast: 6, beating: 3, tries: 1.5, best: { percent: 96 } },
  Poisson: { byImage: 0.93, atLeast: 8, beating: 10, tries: 2, best: { percent: 90.5 } },
  Expansion: { byImage: 0.7, atLeast: 6, beating: 1.7, tries: 1.2, best: { value: 11.4e-6 }, periodic: 100 / 1.01 },
};
const largestP = 0.01;

/** Each seed explains by the finite elements, without a network. */
export function exactLuck(data) {
  return `Is it the explanation that finds good designs, or chance? One database cannot say. Here each case has fewer images and one run per seed, with other images, other random patches and, where a network explains, another network each time; both arms have as many patches and are constructed in the same way. A seed gives one number per arm, the value that the best tenth of its designs reaches; the exact sign-flip test over the seeds and Fisher’s combination of the p values by image are in [methods](methods.md#significance), as are ten tries: ten patches drawn at random, of which the best feasible cell is kept. Floors were set before the studies ran.

No network: of each size, the square that contributes most (\`explain exact\`, [methods](methods.md#exact-contributions)). Beside the control there are squares of the same sizes in the same images that have the most white, or the least: where the explanation is no better than these, the share of white alone explains what it finds.

${tableOf(data, 'Exact', 'luck')}`;
}

/** Each seed trains a network of its own. */
export function networkLuck(data) {
  return `The same by a network, as in the paper: regions of Grad-RAM maps of \`compact\`, six thresholds and two layers.

${tableOf(data, 'Network', 'luck-of-networks')}`;
}

function tableOf(data, way, part) {
  const cases = paperCases.flatMap((paper) => {
    const study = data.study(`${paper.name}${way}Seeds`);
    const against = (name) => study?.groups?.[0]?.comparisons?.find(({ arms: [, other] }) => other === name);
    const found = against('control');
    return found ? [{ ...paper, study, found, share: against('white-share'), floor: floors[paper.name] }] : [];
  });
  if (cases.length === 0) return notRun(part);
  const rows = rowsOf(cases);
  const unmet = cases.flatMap(({ number }, c) => {
    const titles = rows.filter(({ cells }) => cells[c]?.isMet === false).map(({ title }) => title);
    return titles.length === 0 ? [] : [`Case ${number} does not meet ${titles.length === 1 ? 'one floor' : `${titles.length} floors`}: ${titles.join('; ')}.`];
  });
  return `${table(['', ...cases.flatMap(({ number }) => [`case ${number}: asked`, 'measured'])], rows.map(({ title, cells }) => [title, ...cells.flatMap((cell) => (cell ? [cell.asked, `${cell.measured}${cell.isMet === false ? ' **(not met)**' : ''}`] : ['–', '–']))]))}

${countsText(cases)}

${unmet.length === 0 ? 'All floors are met.' : unmet.join(' ')}

${cases.map(({ number, study: { says } }) => `- Case ${number}: ${says.join(' ')}`).join('\n')}`;
}

/** A row per floor, with a cell for each case; without one where nothing is asked of the case. */
function rowsOf(cases) {
  const row = (title, cellOf) => ({ title, cells: cases.map(cellOf) });
  // Something against nothing is more than any ratio.
  const withRatio = (own, other, asked, text) => ({ asked: `≥ ${asked} ×`, measured: `${text(own)} : ${text(other)}${other > 0 ? ` = ${numberText(own / other, 1)} ×` : ''}`, isMet: own > 0 && own >= asked * other });
  return [
    row('superiority by image, mean over the seeds', ({ found: { superiorityByImage: mean }, floor: { byImage } }) => ({ asked: `≥ ${byImage.toFixed(2)}`, measured: spread(mean, 2), isMet: mean.count > 0 ? mean.mean >= byImage : undefined })),
    row('p over the seeds (least possible)', ({ found: { tested, signFlip } }) => ({ asked: `< ${largestP}`, measured: tested === 0 ? '–' : `${pText(signFlip.pOneSided)} (${pText(signFlip.least).replace('p = ', '')})`, isMet: tested === 0 ? undefined : signFlip.pOneSided < largestP })),
    row('p by image, combined', ({ found: { tested, combinedP } }) => ({ asked: '–', measured: tested === 0 ? '–' : pText(combinedP) })),
    row('best design at least that of the control', ({ found: { seeds, bestAtLeast }, floor: { atLeast } }) => ({ asked: `${atLeast} of 8`, measured: `${bestAtLeast} of ${seeds}`, isMet: bestAtLeast >= atLeast })),
    row('feasible designs that beat all images, against the control', ({ found: { beating: { own, other } }, floor: { beating } }) => withRatio(own, other, beating, countText)),
    row('gain of ten tries over the best image, against the control', ({ found: { fewTries: { own, other } }, floor: { tries } }) =>
      own.count === 0 ? { asked: `≥ ${tries} ×`, measured: '–' } : withRatio(own.mean, other.mean, tries, (gain) => `${numberText(100 * gain, 2)} %`)),
    row('best feasible design, mean over the seeds (the best)', ({ study, floor: { best: { percent, value } }, property }) => {
      const designs = bestDesigns(study);
      const { sense } = study.objective;
      if (value === undefined) {
        const percents = meanOf(designs.map(({ percentOfLimit }) => percentOfLimit));
        return { asked: `≥ ${percent} % of the limit`, measured: percents.count === 0 ? '–' : `${spread(percents, 1)} % (${numberText(percents.largest, 1)} %)`, isMet: percents.count === 0 ? undefined : percents.mean >= percent };
      }
      const values = meanOf(designs.map(({ objectiveValue }) => objectiveValue));
      return { asked: `${sense === 'maximize' ? '≥' : '≤'} ${valueText(property, value)}`, measured: values.count === 0 ? '–' : `${valueText(property, values.mean)} (${valueText(property, sense === 'maximize' ? values.largest : values.smallest)})`, isMet: values.count === 0 ? undefined : sense === 'maximize' ? values.mean >= value : values.mean <= value };
    }),
    row('superiority by image over squares with the most white (case 3: the least)', ({ share }) => (share ? { asked: '–', measured: spread(share.superiorityByImage, 2) } : undefined)),
    row('feasible designs that beat all images, against those squares', ({ share }) => (share ? { asked: '–', measured: withRatio(share.beating.own, share.beating.other, 0, countText).measured } : undefined)),
    row('the same as a periodic cell, of the limit', ({ study, floor: { periodic } }) => {
      if (periodic === undefined) return undefined;
      const percents = meanOf(bestDesigns(study).map((design) => design.periodic?.percentOfLimit));
      return { asked: 'within 1 %', measured: percents.count === 0 ? '–' : `${spread(percents, 1)} % (${numberText(percents.largest, 1)} %)`, isMet: percents.count === 0 ? undefined : percents.mean >= periodic };
    }),
  ];
}

function countsText(cases) {
  const { images } = cases[0].study.variants.find(({ state }) => state === 'finished');
  return `${countText(images)} images per seed. ${cases.map(({ number, study: { variants } }) => {
    const finished = variants.filter(({ state }) => state === 'finished');
    const designs = (name) => finished.reduce((sum, { arms }) => sum + (arms.find((arm) => arm.name === name)?.designs ?? 0), 0);
    return `Case ${number}: ${finished.length} seeds, ${countText(designs(finished[0].arms[0].name))} designs from critical regions, ${countText(designs('control'))} of random patches.`;
  }).join(' ')}`;
}

/** The best feasible design of the own arm with each seed that has one. */
function bestDesigns({ variants }) {
  return variants.flatMap(({ arms }) => arms?.[0].best ?? []);
}

function meanOf(values) {
  const known = values.filter((value) => Number.isFinite(value));
  const count = known.length;
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  return { count, mean, ...(count > 1 && { deviation: Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1)) }), smallest: Math.min(...known), largest: Math.max(...known) };
}

/** `0.86 ± 0.02`; a dash without values. */
function spread({ count, mean, deviation }, digits) {
  if (count === 0) return '–';
  return `${numberText(mean, digits)}${deviation === undefined ? '' : ` ± ${numberText(deviation, digits)}`}`;
}
