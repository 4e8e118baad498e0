/*
 * The width of the thinnest strut of the white phase: twice the smallest distance from its skeleton to its edge, the
 * diameter of the largest disc within white that is centered there.
 *
 * Ours: all is done on the corners, the middles of sides and the centers of pixels, half a pixel apart, and white is a
 * place with no black pixel around it. The nearest point of a pixel to such a place is such a place, so distances are
 * exact, and the middle of a strut along the pixels is one of them, whatever its width. The skeleton is that of
 * `thin-by-distance.ts`. It runs into every corner of the edge, where the disc shrinks to nothing. So on a branch with a
 * free end a place counts only where the end is farther away, along the branch, than four times the distance to the edge,
 * and one pixel: that leaves out corners of 30 degrees or more, and dead ends that are less than about twice as long as
 * wide. A piece without any other place is as wide as its largest disc.
 */
import { connectedComponents } from '#engine/grid/connected-components';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { distanceTransform } from './distance-transform';
import { neighborColumns, neighborRows } from './neighborhood';
import { thinByDistance } from './thin-by-distance';

/**
 * In pixels; NaN without white. What is beyond the image is black. Exact for struts along the pixels; slanted ones have
 * steps, between which they are up to two pixels narrower than between straight lines. Corners where white pixels touch have no width here.
 */
export function strutWidth(image: Image2D<'binary'>): number {
  const white = whitePlaces(image);
  const { width, height } = white;
  // Two places per pixel, and two radii per diameter.
  const distance = distanceTransform(imageOf('binary', width, height, white.data.map((value) => 1 - value)), 'open').data;
  const skeleton = thinByDistance(white, distance);
  const toEnd = lengthFromFreeEnd(skeleton, width);
  const { labels, sizes } = connectedComponents(white, 8, 'open');
  const thinnest = new Float64Array(sizes.length + 1).fill(Infinity);
  const widest = new Float64Array(sizes.length + 1);
  for (let place = 0; place < white.data.length; place++) {
    if (white.data[place] === 0) continue;
    const piece = labels.data[place]!;
    widest[piece] = Math.max(widest[piece]!, distance[place]!);
    if (skeleton[place] === 1 && toEnd[place]! > 4 * distance[place]! + 2) thinnest[piece] = Math.min(thinnest[piece]!, distance[place]!);
  }
  const widths = Array.from(thinnest, (least, piece) => (least < Infinity ? least : widest[piece]!)).slice(1);
  return widths.length === 0 ? NaN : widths.reduce((least, each) => Math.min(least, each), Infinity);
}

/** Corners, sides and centers of pixels; 1 where all pixels around are white, which is never at the image's border. */
function whitePlaces({ width, height, data }: Image2D<'binary'>): Image2D<'binary'> {
  const [wide, high] = [2 * width + 1, 2 * height + 1];
  const places = new Uint8Array(wide * high);
  for (let y = 1; y < high - 1; y++) {
    const [above, below] = [(y - 1) >> 1, y >> 1];
    for (let x = 1; x < wide - 1; x++) {
      const [left, right] = [(x - 1) >> 1, x >> 1];
      places[y * wide + x] = data[above * width + left]! & data[above * width + right]! & data[below * width + left]! & data[below * width + right]!;
    }
  }
  return imageOf('binary', wide, high, places);
}

/** Of each place on a branch, from its free end and along it to the next junction, in steps between places; infinite elsewhere. */
function lengthFromFreeEnd(skeleton: Uint8Array, width: number): Float64Array {
  const lengths = new Float64Array(skeleton.length).fill(Infinity);
  // The border of the places is black, so all neighbors are within.
  const steps = neighborRows.map((row, i) => row * width + neighborColumns[i]!);
  const neighborsOf = (place: number): number[] => steps.map((step) => place + step).filter((neighbor) => skeleton[neighbor] === 1);
  for (let end = 0; end < skeleton.length; end++) {
    if (skeleton[end] === 0 || neighborsOf(end).length > 1) continue;
    let length = 0;
    let before = end;
    let place: number | undefined = end;
    while (place !== undefined) {
      lengths[place] = Math.min(lengths[place]!, length);
      const ahead: number[] = neighborsOf(place).filter((neighbor) => neighbor !== before);
      if (ahead.length !== 1) break;
      const step = Math.abs(ahead[0]! - place);
      length += step === 1 || step === width ? 1 : Math.SQRT2;
      [before, place] = [place, ahead[0]];
    }
  }
  return lengths;
}
