import { pixelsInWindow, widenedWindow } from '#domain/intervals';
import { largestWavenumberOf, type SpinodalSettings } from '#domain/microstructures';
import { nearestResolution } from '#domain/networks';
import { formatNumber } from '#units/format-quantity';
import { shareRule } from '#language/entries/entries';
import type { Database, Family } from '#language/generated/ast';
import { databaseKind, readBlock, type BlockReader } from '#language/entries/read-block';
import { familiesOf } from '#language/specification/read-case';
import { readNumber } from '#language/entries/read-number';
import type { Check, NodePlace, Report } from '#language/findings';

/** `resolution-not-supported`, `shares-not-100-percent`, `fraction-window-too-narrow`, `shape-larger-than-fraction`, `wavenumber-too-high` */
export const checkDatabase: Check<Database> = (database, report, { hasSyntaxErrors }) => {
  const reader = readBlock('database', database);
  const resolution = checkResolution(reader, report);
  if (!hasSyntaxErrors && databaseKind(database) !== 'files') checkShares(database, report);
  checkWindow(reader, resolution, report);
  for (const family of familiesOf(database)) {
    checkShapes(family, reader, report);
    checkWaves(family, resolution, report);
  }
};

function checkResolution(reader: BlockReader, report: Report): number | undefined {
  const resolution = reader.number('resolution');
  if (resolution === undefined || Number.isInteger(Math.log2(resolution))) return resolution;
  const entry = reader.entry('resolution');
  const nearest = nearestResolution(resolution);
  if (entry !== undefined) {
    const fix = { text: String(nearest), preferred: true } as const;
    report('resolution-not-supported', `\`resolution\` is ${resolution}, which is not a power of two.`, `Write \`resolution ${nearest}\`.`, place(entry, 'value'), [fix]);
  }
  return undefined;
}

function checkShares(database: Database, report: Report): void {
  const families = familiesOf(database);
  const shares = families.map((family) => readNumber(family.share, shareRule, 'share'));
  const last = families.at(-1);
  if (last === undefined) {
    if (database.name !== undefined) {
      report('shares-not-100-percent', `Database \`${database.name}\` has no family of images.`, 'Add at least one, such as `spinodal 100%`.', { node: database, property: 'name' }, [{ entry: 'spinodal 100%', into: database }]);
    }
    return;
  }
  let sum = 0;
  for (const share of shares) {
    if (!share.ok) return;
    sum += share.value;
  }
  if (Math.abs(sum - 1) < 1e-9) return;
  const lastShare = shares.at(-1);
  const needed = 1 - sum + (lastShare?.ok === true ? lastShare.value : 0);
  const share = percent(needed, 12);
  const isPossible = needed > 1e-9 && needed <= 1;
  const remedy = isPossible ? `Change the shares so that they do, for example by \`${last.kind} ${share}\`.` : 'Lower the shares so that they do.';
  const message = `The families' shares add up to ${percent(sum, 12)}, not to 100%.`;
  report('shares-not-100-percent', message, remedy, { node: last, property: 'share' }, isPossible ? [{ text: share }] : []);
}

function checkWindow(reader: BlockReader, resolution: number | undefined, report: Report): void {
  const fraction = reader.range('fraction');
  const entry = reader.entry('fraction');
  if (fraction === undefined || resolution === undefined || entry === undefined) return;
  if (pixelsInWindow(fraction, resolution, 1) !== undefined) return;
  const message = `No image of ${resolution} × ${resolution} pixels has a fraction in this range.`;
  // The number of white pixels of a mirrored design is a multiple of four.
  const wider = widenedWindow(fraction, resolution, 4);
  report('fraction-window-too-narrow', message, `Use a wider range, such as \`${wider}\`.`, place(entry, 'range'), [{ text: wider }]);
}

function checkShapes(family: Family, database: BlockReader, report: Report): void {
  const fraction = database.range('fraction');
  if (fraction === undefined || !(family.kind === 'particles' || family.kind === 'fibers')) return;
  const reader = readBlock(family.kind, family);
  const area = family.kind === 'particles' ? largestParticle(reader) : largestFiber(reader);
  if (area === undefined || area <= fraction.lower) return;
  const key = family.kind === 'particles' ? 'radius' : 'width';
  report(
    'shape-larger-than-fraction',
    `The largest of the ${family.kind} covers ${percent(area)} of an image, more than the fraction of ${percent(fraction.lower)}.`,
    `Lower \`${key}\`.`,
    placeOf(reader, key, family),
  );
}

function largestParticle(reader: BlockReader): number | undefined {
  const radius = reader.range('radius')?.upper;
  return radius === undefined ? undefined : Math.PI * radius ** 2;
}

/** A fiber has round ends; one that is shorter than it is wide is a disc. */
function largestFiber(reader: BlockReader): number | undefined {
  const [length, width] = [reader.range('length')?.upper, reader.range('width')?.upper];
  if (length === undefined || width === undefined) return undefined;
  return Math.PI * (width / 2) ** 2 + Math.max(0, length - width) * width;
}

/** The largest wavenumber of each density, as the images are made, stays below half the pixels of an edge. */
function checkWaves(family: Family, resolution: number | undefined, report: Report): void {
  if (family.kind !== 'spinodal' || resolution === undefined) return;
  const reader = readBlock('spinodal', family);
  const [wavenumber, bandwidth] = [reader.range('wavenumber'), reader.range('bandwidth')];
  const density = reader.choice<SpinodalSettings['density']>('density');
  if (wavenumber === undefined || bandwidth === undefined || density === undefined) return;
  const reached = largestWavenumberOf({ density, wavenumber, bandwidth });
  if (reached < resolution / 2) return;
  report(
    'wavenumber-too-high',
    `Waves of up to ${formatNumber(reached)} periods per edge do not fit into ${resolution} pixels, two of which a period needs at least.`,
    'Lower `wavenumber` or `bandwidth`, or raise `resolution`.',
    placeOf(reader, 'wavenumber', family),
  );
}

function placeOf(reader: BlockReader, key: string, family: Family): NodePlace {
  const entry = reader.entry(key);
  return entry === undefined ? { node: family, property: 'kind' } : place(entry, 'range');
}

function place(node: NodePlace['node'], property: string): NodePlace {
  return { node, property };
}

function percent(share: number, digits = 6): string {
  return `${formatNumber(100 * share, digits)}%`;
}
