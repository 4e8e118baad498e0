import { mapEdge, namedLayers, type LayerName } from '#domain/networks';
import { numberRule, readBlock } from '#language/entries/read-block';
import { readNumber } from '#language/entries/read-number';
import type { Check, FindingCode, NodePlace, ProposedFix } from '#language/findings';
import type { Case, ListEntry, PropertiesEntry, Learn } from '#language/generated/ast';
import { constructReader, databaseOf, explainReader, explainsExactly, firstEntry, learnReader, networkOf, resolutionOf, startOf, startsFrom } from '#language/specification/read-case';
import { formatCount, formatNumber } from '#units/format-quantity';

/** A network cannot be trained on fewer images. */
const fewestTrainingImages = 50;
/** With fewer images its evaluation is a matter of chance. */
const fewestHoldOutImages = 10;
/** With fewer expected outliers a run would probably find none. */
const fewestOutliers = 2;
/** Fewer exceptional images in a direction give few regions to choose from. */
const manyOutliers = 20;
/** Edge of a map on which a region is too coarse to be a shape, in positions. */
const coarsestMap = 4;

/** `too-few-images` */
export const checkImages: Check<Case> = (node, report) => {
  const [size, holdOut] = [sizeOf(node), learnReader(node).number('holdout')];
  if (size === undefined || holdOut === undefined || explainsExactly(node)) return;
  const { training, held } = splitOf(size, holdOut);
  if (training >= fewestTrainingImages && held >= fewestHoldOutImages) return;
  const needed = neededSize(node);
  const remedy = `Use a \`size\` of at least ${needed}.`;
  const fixes = sizeFixes(node, needed);
  if (training < fewestTrainingImages) {
    report('too-few-images', `Only ${training} of ${formatCount(size, 'image')} ${training === 1 ? 'remains' : 'remain'} for training; at least ${fewestTrainingImages} are needed.`, remedy, sizePlace(node), fixes);
  } else {
    report('too-few-images', `Only ${held} of ${formatCount(size, 'image')} ${held === 1 ? 'is' : 'are'} held out to evaluate the network; at least ${fewestHoldOutImages} are needed.`, remedy, sizePlace(node), fixes);
  }
};

function splitOf(size: number, holdOut: number): { readonly training: number; readonly held: number } {
  const held = Math.round(holdOut * size);
  return { training: size - held, held };
}

/** The smallest size of the database that gives a case enough images for outliers and, with a network, for training and evaluation. */
function neededSize(node: Case): number {
  const [holdOut, outliers] = [learnReader(node).number('holdout') ?? 0.2, explainReader(node).number('outliers')];
  const directions = new Set(firstEntry(node, 'Objective')?.directions ?? []).size;
  const forOutliers = outliers === undefined || directions === 0 ? 1 : Math.ceil((fewestOutliers / outliers ** directions) * (1 - 1e-12));
  if (explainsExactly(node)) return forOutliers;
  let size = Math.max(fewestTrainingImages, forOutliers);
  const isEnough = ({ training, held }: ReturnType<typeof splitOf>): boolean => training >= fewestTrainingImages && held >= fewestHoldOutImages;
  while (!isEnough(splitOf(size, holdOut))) size++;
  return size;
}

/** The fix is offered if this file declares the database. */
function sizeFixes(node: Case, size: number): readonly ProposedFix[] {
  const place = sizePlace(node);
  return place.node.$type === 'NumberEntry' ? [{ text: String(size) }] : [];
}

/** `property-twice` */
export const checkProperties: Check<PropertiesEntry> = (entry, report) => {
  entry.properties.forEach((property, index) => {
    if (entry.properties.indexOf(property) === index) return;
    report('property-twice', `\`${property}\` is given twice; a network predicts it once.`, 'Keep one of them.', { node: entry, property: 'properties', index });
  });
};

/** `patience-with-one-cycle` */
export const checkPatience: Check<Case> = (node, report) => {
  const reader = learnReader(node);
  const patience = reader.entry('patience');
  if (patience === undefined || reader.choice('schedule') !== 'one-cycle') return;
  report(
    'patience-with-one-cycle',
    '`one-cycle` learns most in its last epochs, when the rate falls; stopping earlier loses that.',
    'Write `schedule decay` or `schedule constant`, or delete `patience` and set fewer `epochs`.',
    { node: patience, property: 'key' },
  );
};

/** `outliers-on-wrong-side`, `too-few-outliers`, `few-exceptional-images` */
export const checkOutliers: Check<Case> = (node, report) => {
  const reader = explainReader(node);
  const entry = reader.entry('outliers');
  const objective = firstEntry(node, 'Objective');
  if (objective?.sense === undefined) return;
  if (entry?.$type === 'Outliers' && entry.side !== undefined) {
    const wanted = objective.sense === 'maximize' ? 'top' : 'bottom';
    if (entry.side !== wanted) {
      const message = `To ${objective.sense}, a case learns from its ${wanted} images, not from its ${entry.side} ones.`;
      report('outliers-on-wrong-side', message, `Write \`outliers ${wanted}\`.`, { node: entry, property: 'side' }, [{ text: wanted, preferred: true }]);
    }
  }

  const [share, size] = [reader.number('outliers'), sizeOf(node)];
  const directions = new Set(objective.directions).size;
  if (share === undefined || size === undefined || directions === 0) return;
  const expected = size * share ** directions;
  const place = entry === undefined ? sizePlace(node) : { node: entry, property: 'share' };
  if (expected >= fewestOutliers) {
    const count = Math.round(size * share);
    if (count >= manyOutliers) return;
    const needed = `${formatNumber(Math.min(50, (100 * manyOutliers) / size), 3)}%`;
    const remedy = size >= 2 * manyOutliers ? `Use a share of at least ${needed}, or more images.` : 'Use more images.';
    report('few-exceptional-images', `A share of ${formatNumber(100 * share)}% of ${size} images gives ${count} exceptional images per direction; below ${manyOutliers}, chance decides.`, remedy, place);
    return;
  }
  const both = directions === 2 ? ' in both directions, if these are independent' : '';
  const needed = neededSize(node);
  const larger = (fewestOutliers / size) ** (1 / directions);
  const largerText = `${Math.ceil(1000 * larger) / 10}%`;
  const isShare = Math.ceil(1000 * larger) / 1000 <= 0.5;
  report(
    'too-few-outliers',
    `A share of ${formatNumber(100 * share)}% of ${formatCount(size, 'image')} gives ${formatCount(formatNumber(expected, 2), 'outlier')}${both}; at least ${fewestOutliers} are needed.`,
    `Use ${[...(needed <= 1e7 ? [`at least ${needed} images`] : []), ...(isShare ? [`a share of at least ${largerText}`] : []), ...(needed > 1e7 && !isShare ? ['more images and a larger share'] : [])].join(', or ')}.`,
    place,
    entry !== undefined && isShare ? [{ text: largerText, at: place }] : [],
  );
};

/** `layer-not-in-network`, `layer-twice` */
export const checkLayers: Check<Case> = (node, report) => {
  const network = networkOf(node);
  const entry = explainReader(node).entry('layer');
  if (entry?.$type !== 'ChoicesEntry' || explainsExactly(node)) return;
  const known = namedLayers(network);
  const places = entry.choices.map((layer) => known.get(layer as LayerName)?.name);
  entry.choices.forEach((layer, index) => {
    const place = { node: entry, property: 'choices', index } as const;
    const first = places.indexOf(places[index]);
    if (places[index] === undefined) {
      report('layer-not-in-network', `\`${network}\` has no \`${layer}\`.`, `Write \`layer\` with one of ${[...known.keys()].join(', ')}.`, place);
    } else if (first < index) {
      const twice = entry.choices[first] === layer ? `The layer \`${layer}\` is given twice` : `\`${layer}\` is the same layer as \`${entry.choices[first]}\``;
      report('layer-twice', `${twice}; the same designs would be made again.`, 'Keep one of them.', place);
    }
  });
};

/** `coarse-map` */
export const checkMaps: Check<Case> = (node, report) => {
  if (explainsExactly(node)) return;
  const explain = firstEntry(node, 'Explain');
  const resolution = resolutionOf(node);
  const network = networkOf(node);
  const layers = explainReader(node).choices<LayerName>('layer');
  if (resolution === undefined || layers === undefined) return;
  const edges = layers.map((layer) => mapEdge(network, layer, resolution));
  const finest = edges.every((edge) => edge !== undefined) ? Math.max(...edges) : undefined;
  if (finest === undefined || finest > coarsestMap) return;
  const finer = [...namedLayers(network).keys()].find((layer) => mapEdge(network, layer, resolution)! > coarsestMap);
  const entry = explainReader(node).entry('layer');
  const place: NodePlace = entry !== undefined ? { node: entry } : explain !== undefined ? { node: explain, property: 'method' } : { node, property: 'name' };
  const message = `The map of \`${layers.join(', ')}\` has ${finest} × ${finest} positions at ${resolution} pixels: regions on it are squares of ${resolution / finest} pixels, not shapes.`;
  if (finer === undefined) {
    report('coarse-map', message, 'Raise `resolution`.', place);
    return;
  }
  const title = `Look at \`layer ${finer}\``;
  const fix: ProposedFix =
    entry !== undefined ? { title, text: `layer ${finer}`, at: { node: entry } }
    : explain !== undefined ? { title, entry: `layer ${finer}`, into: explain }
    : { title, entry: `explain gradram { layer ${finer} }`, into: node };
  const edge = mapEdge(network, finer, resolution);
  report('coarse-map', message, `Write \`layer ${finer}\` for a map of ${edge} × ${edge}.`, place, [{ ...fix, preferred: true }]);
};

const twice: Readonly<Record<string, FindingCode>> = { threshold: 'threshold-twice', edge: 'edge-twice' };

/** `threshold-twice`, `edge-twice` */
export const checkListValues: Check<ListEntry> = (entry, report) => {
  const rule = numberRule(entry.$container, entry.key);
  if (rule === undefined) return;
  const seen = new Set<number>();
  entry.values.forEach((value, index) => {
    const reading = readNumber(value, rule, entry.key);
    if (!reading.ok) return;
    if (seen.has(reading.value)) {
      report(twice[entry.key]!, `The ${entry.key} ${reading.value} is given twice; the same designs would be made again.`, 'Keep one of them.', { node: entry, property: 'values', index });
    }
    seen.add(reading.value);
  });
};

/** `patch-larger-than-image`, `edge-below-patch` */
export const checkPatch: Check<Case> = (node, report) => {
  const construct = constructReader(node);
  const [entry, patch, resolution] = [construct.entry('patch'), construct.number('patch'), resolutionOf(node)];
  if (patch === undefined || resolution === undefined) return;
  if (entry !== undefined && patch > resolution) {
    report('patch-larger-than-image', `No patch of ${patch} pixels fits into an image of ${resolution}.`, `Write \`patch ${resolution}\` or less.`, { node: entry, property: 'value' }, [{ text: String(resolution) }]);
  }
  const edges = explainReader(node).entry('edge');
  if (!explainsExactly(node) || edges?.$type !== 'ListEntry') return;
  const rule = numberRule(edges.$container, edges.key)!;
  edges.values.forEach((value, index) => {
    const reading = readNumber(value, rule, edges.key);
    const place = { node: edges, property: 'values', index } as const;
    if (!reading.ok) return;
    if (reading.value > resolution) {
      report('patch-larger-than-image', `No square of ${reading.value} pixels fits into an image of ${resolution}.`, `Choose edges of at most ${resolution} pixels.`, place, [{ text: String(resolution) }]);
    } else if (reading.value < patch) {
      report('edge-below-patch', `Squares of ${reading.value} pixels are smaller than the smallest patch, ${patch} pixels, so no design comes from them.`, `Choose edges of at least ${patch} pixels, or write \`construct mirror { patch ${reading.value} }\`.`, place, [{ text: String(patch) }]);
    }
  });
};

function sizeOf(node: Case): number | undefined {
  const database = databaseOf(node);
  return database === undefined ? undefined : readBlock('database', database).number('size');
}

/** The size where this file says it, else the database that the case names. */
function sizePlace(node: Case): NodePlace {
  const source = firstEntry(node, 'Source')!;
  const database = databaseOf(node);
  const entry = database?.$container === node.$container && database !== undefined ? readBlock('database', database).entry('size') : undefined;
  return entry === undefined ? { node: source, property: 'database' } : { node: entry, property: 'value' };
}

/** `starts-twice` */
export const checkStart: Check<Learn> = (learn, report) => {
  const reader = readBlock('learn', learn, learn.network);
  const [weights, transfer] = [reader.entry('weights'), reader.entry('transfer')];
  if (weights === undefined || transfer === undefined) return;
  report('starts-twice', 'The training would start from a file and from another case at once.', 'Keep one of `weights` and `transfer`.', { node: transfer, property: 'key' });
};

/** `transfer-cycle`, `transfer-without-network`, `transfer-between-networks` */
export const checkTransfer: Check<Case> = (node, report) => {
  const entry = startOf(node);
  if (entry?.$type !== 'Transfer' || entry.source?.ref === undefined) return;
  const source = entry.source.ref;
  const place = { node: entry, property: 'source' };
  if (startsFrom(source, node)) {
    const message = source === node ? `\`${node.name}\` would start from itself.` : `\`${source.name}\` starts from \`${node.name}\` in turn.`;
    report('transfer-cycle', message, 'Delete `transfer` in one of them.', place);
  } else if (explainsExactly(source)) {
    report('transfer-without-network', `\`${source.name}\` explains by \`exact\` and trains no network.`, 'Name a case with a network, or delete `transfer`.', place);
  } else if (networkOf(source) !== networkOf(node)) {
    const message = `\`${source.name}\` trains \`${networkOf(source)}\`, whose weights do not fit \`${networkOf(node)}\`.`;
    report('transfer-between-networks', message, 'Use the same network in both cases.', place);
  }
};
