/* Recorded views as of a larger run: more points, more and finer designs, an arm more. Always the same ones. */
import { packColumn, packImageBits, unpackColumn, unpackImages, type PackedColumn, type PackedImages } from '#protocol/packed';
import { fromBase64 } from '#protocol/packed';
import type { ArmView, CaseResultView } from '#protocol/result';
import type { ViewContent, ViewName } from '#protocol/views';
import type { GalleryView } from '#protocol/views/design-views';
import type { DatabaseView, PointColumns, ScatterView } from '#protocol/views/database-views';
import type { RecordedView } from './recorded-view';

/** 0 leaves them as they are. */
export interface Enlargement {
  readonly points: number;
  readonly designs: number;
  /** 1 adds an arm that no table knows. */
  readonly arms: number;
}

export function enlarge(recorded: readonly RecordedView[], { points, designs, arms }: Enlargement): readonly RecordedView[] {
  return (arms > 0 ? recorded.flatMap(withArm) : recorded).map((each): RecordedView => {
    const { query, response } = each;
    if (response.kind !== 'view') return each;
    const changed = (content: ViewContent<ViewName>): RecordedView => ({ query, response: { ...response, content } });
    if (points > 0 && query.view === 'scatter') return changed(morePoints(response.content as ScatterView, points));
    if (designs > 0 && query.view === 'result') return changed(moreDesigns(response.content as CaseResultView, designs));
    if (designs > 0 && query.view === 'gallery') return changed(finerGallery(response.content as GalleryView, designs));
    return each;
  });
}

const newArm = {
  name: 'center',
  role: 'compared',
  look: { title: 'center patches', source: 'center patch', sources: 'center patches', one: 'a center patch', design: 'design from a center patch', designs: 'designs from center patches', color: 'series-4', shape: [[0, 0.82], [-0.77, -0.64], [0.77, -0.64]] },
} as const;

/** The view with one more arm, whose designs are those of the control. */
function withArm({ query, response }: RecordedView): RecordedView[] {
  if (response.kind !== 'view') return [{ query, response }];
  if (query.view === 'result') {
    const result = response.content as CaseResultView;
    const control = result.arms.find(({ name }) => name === 'control')!;
    const designs = control.designs.map((design) => ({ ...design, arm: newArm.name, name: design.name.replace(/^[a-z]+/, newArm.name) }));
    return [{ query, response: { ...response, content: { ...result, arms: [...result.arms, { ...control, ...newArm, designs }] } } }];
  }
  if (query.view === 'scatter') {
    const view = response.content as ScatterView;
    return [{ query, response: { ...response, content: { ...view, arms: [...view.arms, { ...newArm, points: view.arms.find(({ name }) => name === 'control')!.points }] } } }];
  }
  const isOfArm = 'arm' in query.query && query.query.arm === 'control';
  return [{ query, response }, ...(isOfArm ? [{ query: { ...query, query: { ...query.query, arm: newArm.name } } as typeof query, response }] : [])];
}

/** Recorded points in turn, each moved a little. */
function morePoints(view: ScatterView, count: number): ScatterView {
  const { images, families, outliers } = view;
  const spread = (column: PackedColumn<'f32'>, share: number): PackedColumn<'f32'> => {
    const values = unpackColumn(column);
    const width = values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
    const next = numbers(values.length + column.bytes.charCodeAt(7));
    return packColumn('f32', Float32Array.from({ length: count }, (_, i) => values[i % values.length]! + (i < values.length ? 0 : share * width * (next() + next() - 1))));
  };
  const repeat = (column: PackedColumn<'u8'>, from: number): PackedColumn<'u8'> => {
    const values = unpackColumn(column);
    return packColumn('u8', Uint8Array.from({ length: count }, (_, i) => (i < from ? values[i % values.length]! : 0)));
  };
  const columns: PointColumns = { x: spread(images.x, 0.08), y: spread(images.y, 0.08), volumeFraction: spread(images.volumeFraction, 0) };
  return { ...view, images: columns, families: repeat(families, count), ...(outliers && { outliers: repeat(outliers, outliers.length) }) };
}

function moreDesigns(result: CaseResultView, count: number): CaseResultView {
  const more = (arm: ArmView): ArmView => ({
    ...arm,
    designs: Array.from({ length: count }, (_, i) => ({ ...arm.designs[i % arm.designs.length]!, rank: i + 1, name: `design-${String(i + 1).padStart(3, '0')}` })),
  });
  const [own, ...others] = result.arms;
  return { ...result, arms: [more(own), ...others.map(more)] };
}

/** Each pixel becomes four. */
function finerGallery({ images }: GalleryView, count: number): GalleryView {
  const { width, height } = images;
  const pixels = unpackImages(images);
  const packed = new Uint8Array((count * 4 * width * height) / 8);
  for (let image = 0, to = 0; image < count; image++) {
    const from = (image % images.count) * width * height;
    for (let row = 0; row < 2 * height; row++) {
      for (let column = 0; column < 2 * width; column++, to++) {
        if (pixels[from + (row >> 1) * width + (column >> 1)] === 1) packed[to >> 3]! |= 128 >> (to & 7);
      }
    }
  }
  return { count, from: 1, images: packImageBits(2 * width, 2 * height, packed) };
}

/** A page of a database: recorded images where there are, else others in turn. */
export function pageOf(view: DatabaseView, indices: readonly number[]): DatabaseView {
  const { images, families, volumeFraction, measured } = view;
  const places = indices.map((index) => {
    const place = view.indices.indexOf(index);
    return place >= 0 ? place : index % images.count;
  });
  const pick = <T extends 'u8' | 'f32'>(column: PackedColumn<T>): PackedColumn<T> => {
    const values = unpackColumn(column);
    return packColumn(column.type, places.map((place) => values[place]!)) as PackedColumn<T>;
  };
  return {
    ...view,
    indices,
    images: pickImages(images, places),
    families: pick(families),
    volumeFraction: pick(volumeFraction),
    ...(measured && { measured: { x: pick(measured.x), y: pick(measured.y) } }),
  };
}

function pickImages({ width, height, bits }: PackedImages, places: readonly number[]): PackedImages {
  const stride = Math.ceil((width * height) / 8);
  const bytes = fromBase64(bits);
  const picked = new Uint8Array(places.length * stride);
  places.forEach((place, i) => picked.set(bytes.subarray(place * stride, (place + 1) * stride), i * stride));
  return packImageBits(width, height, picked);
}

/** Numbers in [0, 1), always the same ones (Lehmer's generator, multiplier of Park and Miller 1988). */
function numbers(seed: number): () => number {
  let state = seed + 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
