/*
 * Everything by which the maps of one layer were examined, as rows: the value of the maps, those of the controls, and
 * what they mean, in words that the numbers choose, with a judgment where the numbers allow one. A bad result is said as
 * plainly as a good one, and so is that something was not measured.
 */
import { agreementText, correlationLevels } from '#display/correlation';
import { countText, probabilityStatement } from '#display/numbers';
import { significanceLevel } from '#display/significance';
import type { MapName } from '#domain/explanation';
import type { CaseResult, ControlRanking, FaithfulnessMeasure, FaithfulnessSubject, ImageMean, LayerFaithfulness, PerturbationGain, PerturbationSummary } from '#engine/api';
import { listed } from '#units/sentences';
import { changeLevels, judgeAgreement, judgeChange, type Judged, judgeGain } from './judgments';
import { changeText, exceeds, type FaithfulnessColumn, faithfulnessColumns, gainText, meanText, shareText, twoErrors } from './values';

export interface FaithfulnessRow extends Judged {
  readonly measure: string;
  /** Texts; a column without one has nothing to say of this measure. */
  readonly values: Readonly<Partial<Record<FaithfulnessColumn, string>>>;
  /** One sentence; what the value means and what it says here. */
  readonly meaning: string;
}

/** The rows of a layer, in the order of the questions that they answer. */
export function faithfulnessRows({ faithfulness }: Pick<CaseResult, 'faithfulness'>, layer: MapName): FaithfulnessRow[] {
  const own = faithfulness.layers.find((each) => each.layer === layer)!;
  const perturbation = faithfulness.perturbation.find(({ ranking }) => ranking === layer);
  const exact = faithfulness.perturbation.find(({ ranking }) => ranking === 'exact');
  const hasNetwork = own.entropyRise !== undefined;
  const measures = [['finite elements', 'finiteElements'], ...(hasNetwork ? [['network', 'network'] as const] : [])] as const;
  return [
    // Exact contributions are not compared with themselves.
    ...(hasNetwork ? agreementRows(own) : []),
    ...measures.flatMap(([name, measure]) => gainRows('another image’s squares', name, perturbation?.[measure], exact?.[measure], controlsOf(perturbation?.controls, measure))),
    ...measures.flatMap(([name, measure]) => gainRows('noisy means of the surroundings', name, perturbation?.surroundings?.[measure], undefined, {})),
    ...(hasNetwork ? weightRows(faithfulness.maps.filter((map) => map.layer === layer).map(({ randomized }) => randomized.at(-1)), own.entropyRise) : []),
    ...stabilityRows(own),
    ...(hasNetwork ? [otherTraining] : []),
    complexityRow(own),
    evidenceRow(faithfulness.maps.filter((map) => map.layer === layer)),
  ];
}

/** The columns of the subjects of one measure, by a text for each mean; of those that have one. */
function subjects({ agreement }: LayerFaithfulness, measure: FaithfulnessMeasure, text: (mean: ImageMean) => string, leftOut: readonly FaithfulnessSubject[] = []): FaithfulnessRow['values'] {
  return Object.fromEntries(Object.entries(agreement).flatMap(([subject, of]) => (leftOut.includes(subject as FaithfulnessSubject) ? [] : [[subject, text(of[measure])]])));
}

function agreementRows(own: LayerFaithfulness): FaithfulnessRow[] {
  const { map, elsewhere, white } = own.agreement;
  const { weak } = correlationLevels;
  const tenth = (measure: 'relevanceMass' | 'sharedTenth'): string =>
    Number.isNaN(map[measure].mean) ? unknown : `${exceeds(map[measure], elsewhere[measure]) ? 'more than' : 'no more than'} elsewhere, and ${exceeds(map[measure], white[measure]) ? 'more than' : 'no more than'} the share of white has`;
  return [
    {
      measure: 'rank correlation',
      values: subjects(own, 'correlation', meanText),
      meaning: Number.isNaN(map.correlation.mean) ? 'The maps have no contrast, so they rank nothing.' : `The order of the maps’ positions ${agreementText(map.correlation.mean)} what they contribute by the finite elements.`,
      // The share of white is in the next row, which holds it fixed.
      ...judgeAgreement(own, 'correlation', { name: 'rank correlation with the contributions', text: meanText, least: weak, leftOut: ['white'] }),
    },
    {
      measure: 'the same with the share of white held fixed',
      values: subjects(own, 'partialCorrelation', meanText, ['white']),
      meaning: partialMeaning(map.partialCorrelation.mean),
      ...judgeAgreement(own, 'partialCorrelation', { name: 'rank correlation with the share of white held fixed', text: meanText, least: weak, leftOut: ['white'] }),
    },
    {
      measure: 'relevance in the tenth that contributes most',
      values: { ...subjects(own, 'relevanceMass', shareText) },
      meaning: `By chance a tenth of the positions has a tenth of the relevance; here it has ${tenth('relevanceMass')}.`,
      ...judgeAgreement(own, 'relevanceMass', { name: 'relevance in the tenth that contributes most', text: shareText, least: byChance }),
    },
    {
      measure: 'shared by the highest tenths',
      values: { ...subjects(own, 'sharedTenth', shareText), exact: '100 %' },
      meaning: `By chance the maps’ highest tenth shares a tenth with the one that contributes most; here it shares ${tenth('sharedTenth')}.`,
      ...judgeAgreement(own, 'sharedTenth', { name: 'shared by the highest tenths', text: shareText, least: byChance }),
    },
  ];
}

/** What a tenth of the positions has by chance. */
const byChance = 0.1;

const unknown = 'nothing, as the maps have no contrast';

function partialMeaning(beyond: number): string {
  const { weak, moderate, strong } = correlationLevels;
  if (Number.isNaN(beyond)) return 'Beyond the local share of white the maps carry no information.';
  if (beyond <= -weak) return 'Beyond the local share of white the maps mislead.';
  return `Beyond the local share of white the maps carry ${beyond >= strong ? 'much' : beyond >= moderate ? 'some' : beyond >= weak ? 'a little' : 'no'} information.`;
}

type Controls = Readonly<Partial<Record<ControlRanking, PerturbationSummary>>>;

function controlsOf(controls: Readonly<Record<ControlRanking, { readonly finiteElements?: PerturbationSummary; readonly network?: PerturbationSummary }>> | undefined, measure: 'finiteElements' | 'network'): Controls {
  return Object.fromEntries(Object.entries(controls ?? {}).flatMap(([control, measured]) => (measured[measure] ? [[control, measured[measure]]] : [])));
}

function gainRows(filling: string, measuredBy: 'finite elements' | 'network', own: PerturbationSummary | undefined, exact: PerturbationSummary | undefined, controls: Controls): FaithfulnessRow[] {
  return (['deletion', 'insertion'] as const).map((way): FaithfulnessRow => {
    const gain = (summary: PerturbationSummary): PerturbationGain => (way === 'deletion' ? summary.deletionGain : summary.insertionGain);
    const measure = `${way === 'deletion' ? 'deletion, most relevant first' : 'insertion, most relevant first (deletion of the least relevant)'}: ${filling}, by the ${measuredBy}`;
    if (!own) return { measure, values: {}, meaning: 'Not measured: replacing all squares costs these images nothing on average, so there is no loss to explain.' };
    const { mean, p } = gain(own);
    const asGood = Object.entries(controls).flatMap(([control, summary]) => (gain(summary).mean >= mean ? [faithfulnessColumns[control as ControlRanking]] : []));
    const verdict = !(mean > 0) ? 'no better than chance' : p < significanceLevel ? `better than chance (${probabilityStatement(p)})` : `not shown to be better than chance (${probabilityStatement(p)})`;
    const others = Object.keys(controls).length === 0 ? '' : asGood.length === 0 ? '; no control gains as much' : `; as much or more is gained by: ${listed(asGood)}`;
    return {
      measure,
      values: {
        map: gainText(gain(own), own.images),
        elsewhere: '0 %',
        ...Object.fromEntries(Object.entries(controls).map(([control, summary]) => [control, gainText(gain(summary), summary.images)])),
        ...(exact && { exact: gainText(gain(exact), exact.images) }),
      },
      meaning: `The area gained over the same order elsewhere, in the advantage of the images, is ${verdict}${others}.`,
      ...judgeGain(`${way} with ${filling}, by the ${measuredBy}`, gain(own), Object.fromEntries(Object.entries(controls).map(([control, summary]) => [control, gain(summary)])), measuredBy === 'finite elements'),
    };
  });
}

function weightRows(left: readonly (ImageMean | undefined)[], entropyRise: ImageMean | undefined): FaithfulnessRow[] {
  // The direction in which most is left.
  const known = left.filter((mean) => mean !== undefined && !Number.isNaN(mean.mean)) as ImageMean[];
  const most = known.toSorted((a, b) => b.mean - a.mean)[0];
  return [
    {
      measure: '|rank correlation| left when all weights are random',
      values: most ? { map: meanText(most) } : {},
      meaning: !most
        ? 'It could not be measured whether the maps depend on what was learned.'
        : most.mean < correlationLevels.strong
          ? 'A network that has learned nothing gives another map, so the maps depend on what was learned.'
          : 'A network that has learned nothing gives nearly the same map, so the maps show the image rather than what was learned.',
      ...(most && { judgment: { supports: most.mean < correlationLevels.strong, name: 'dependence on what was learned', finding: `random weights leave a |rank correlation| of ${meanText(most)}` } }),
    },
    {
      measure: 'rise of the entropy of the map when all weights are random',
      values: entropyRise && entropyRise.count > 0 ? { map: shareText(entropyRise), edges: '0 %', center: '0 %', white: '0 %' } : {},
      meaning: !entropyRise || entropyRise.count === 0
        ? 'It could not be measured whether what was learned makes the maps more ordered.'
        : entropyRise.mean > twoErrors(entropyRise)
          ? 'The values of a random network’s map are spread more evenly, so what was learned makes the maps more ordered.'
          : entropyRise.mean < -twoErrors(entropyRise)
            ? 'The values of a random network’s map are spread less evenly, so what was learned does not make the maps more ordered.'
            : 'The maps of a random network are no less ordered, so this measure does not show that the maps depend on what was learned.',
      ...(entropyRise && entropyRise.count > 0 && { judgment: { supports: entropyRise.mean > twoErrors(entropyRise), name: 'order by what was learned', finding: `with random weights the entropy changes by ${shareText(entropyRise)}` } }),
    },
  ];
}

function stabilityRows({ stability: { moved, movedOverlap, noisy, noisyOverlap, elsewhere, elsewhereOverlap } }: LayerFaithfulness): FaithfulnessRow[] {
  const change = (mean: ImageMean, words: readonly [string, string, string]): string => {
    const share = mean.mean / elsewhere.mean;
    return Number.isNaN(share) ? 'It could not be measured: the maps are zero or negative everywhere.' : share <= changeLevels.small ? words[0] : share <= changeLevels.other ? words[1] : words[2];
  };
  return [
    {
      measure: 'change of the map when the image is mirrored, and overlap of the regions',
      values: { map: changeText(moved, movedOverlap), elsewhere: changeText(elsewhere, elsewhereOverlap) },
      meaning: change(moved, [
        'The map of a mirrored image, mirrored back, is nearly the same: the maps move with their images.',
        'The map of a mirrored image, mirrored back, is partly another one: the maps move with their images only in part.',
        'The map of a mirrored image, mirrored back, is as different as the map elsewhere: the maps do not move with their images.',
      ]),
      ...judgeChange('mirroring the image', moved, elsewhere),
    },
    {
      measure: 'largest change of the map with 1 % noise, and overlap of the regions',
      values: { map: changeText(noisy, noisyOverlap), elsewhere: changeText(elsewhere, elsewhereOverlap) },
      meaning: change(noisy, [
        'One pixel in a hundred of the other phase changes the maps little.',
        'One pixel in a hundred of the other phase changes a good part of the maps.',
        'One pixel in a hundred of the other phase makes other maps of them.',
      ]),
      ...judgeChange('1 % noise', noisy, elsewhere),
    },
  ];
}

/** A second network costs a whole training, which a study over seeds pays anyway. */
const otherTraining: FaithfulnessRow = {
  measure: 'overlap of the regions with those of another training',
  values: {},
  meaning: 'Not measured here: it takes a network of another seed. A study that varies the seed (“seed 1 .. 2”) trains one, and its page says how far the regions overlap.',
};

function complexityRow(own: LayerFaithfulness): FaithfulnessRow {
  const { mean } = own.agreement.map.gini;
  const words = Number.isNaN(mean) ? 'could not be measured' : mean >= 0.6 ? 'is concentrated on few positions' : mean >= 0.3 ? 'is spread over a good part of the image' : 'is spread over nearly the whole image';
  return {
    measure: 'Gini index',
    values: subjects(own, 'gini', meanText, ['elsewhere']),
    meaning: `0 is relevance spread evenly, 1 all of it in one position: that of the maps ${words}.`,
  };
}

function evidenceRow(maps: CaseResult['faithfulness']['maps']): FaithfulnessRow {
  const none = maps.reduce((sum, { evidence }) => sum + evidence.none, 0);
  const byDirection = maps.map(({ direction, evidence }) => `${direction} ${countText(evidence.none)} of ${countText(evidence.images)}`);
  return {
    measure: 'maps that are zero or negative everywhere',
    values: { map: byDirection.join(', ') },
    meaning: none === 0 ? 'Each explained image has positive evidence in each direction.' : 'Where a map is zero or negative everywhere there is no positive evidence in this image: no heat is drawn, and no patch is cut.',
  };
}
