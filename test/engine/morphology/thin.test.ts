import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thinnings, type Thinning } from '#domain/arms';
import { imageOf, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { connectedComponents } from '#engine/grid/connected-components';
import { thin } from '#engine/morphology/thin';
import { draw, image } from '#test/support/draw-image';

const published: readonly Thinning[] = ['zhang-suen', 'guo-hall'];
const boundaries: readonly Boundary[] = ['open', 'periodic'];
const each = thinnings.flatMap((method) => boundaries.map((boundary) => ({ method, boundary })));

function golden(path: string): Image2D<'binary'> {
  return image(readFileSync(new URL(`../../golden/morphology/${path}.txt`, import.meta.url), 'utf8'));
}

function inverted({ width, height, data }: Image2D<'binary'>): Image2D<'binary'> {
  return imageOf('binary', width, height, data.map((pixel) => 1 - pixel));
}

/** Numbers of 8-connected white and 4-connected black components; an open image has black around it. */
function topology(picture: Image2D<'binary'>, boundary: Boundary): readonly number[] {
  const whole = boundary === 'open' ? framed(picture) : picture;
  return [connectedComponents(whole, 8, boundary).sizes.length, connectedComponents(inverted(whole), 4, boundary).sizes.length];
}

function framed({ width, height, data }: Image2D<'binary'>): Image2D<'binary'> {
  const frame = new Uint8Array((width + 2) * (height + 2));
  for (let r = 0; r < height; r++) frame.set(data.subarray(r * width, (r + 1) * width), (r + 1) * (width + 2) + 1);
  return imageOf('binary', width + 2, height + 2, frame);
}

describe('skeletons of independent programs, pixel by pixel: OpenCV for zhang-suen, scikit-image for guo-hall', () => {
  for (const name of ['spinodal', 'network', 'particles', 'fibers', 'shapes']) {
    test.each(each.filter(({ method }) => published.includes(method)))(`${name}, $method, $boundary`, ({ method, boundary }) => {
      const ours = thin(golden(`images/${name}`), { method, boundary });
      const theirs = golden(`skeletons/${name}-${method}-${boundary}`);
      // Where OpenCV follows the published rules and erases a component, we keep one pixel of it.
      for (const pixel of kept[`${name}-${method}-${boundary}`] ?? []) {
        expect(theirs.data[pixel]).toBe(0);
        theirs.data[pixel] = 1;
      }
      expect(draw(ours)).toBe(draw(theirs));
    });
  }

  const kept: Readonly<Record<string, readonly number[]>> = {
    'shapes-zhang-suen-open': [2 * 64 + 13],
    'shapes-zhang-suen-periodic': [2 * 64 + 13, 63 * 64 + 63],
  };
});

test('a component that comes down to 2 × 2 pixels keeps one of them', () => {
  const squares = image(`
    #..........#
    ....##......
    ....##......
    ........##..
    .###....##..
    .###........
    .####.......
    .####.......
    ............
    #..........#
  `);
  expect(draw(thin(squares, { method: 'zhang-suen', boundary: 'periodic' }))).toMatchInlineSnapshot(`
    "............
    ....#.......
    ............
    ........#...
    ............
    ..#.........
    ..#.........
    ............
    ............
    ...........#"
  `);
  expect(draw(thin(squares, { method: 'guo-hall', boundary: 'periodic' }))).toMatchInlineSnapshot(`
    "...........#
    ............
    ....#.......
    ............
    ........#...
    ..#.........
    ...#........
    ............
    ............
    ............"
  `);
});

describe('laws', () => {
  const random = fc
    .record({ width: fc.integer({ min: 4, max: 18 }), height: fc.integer({ min: 4, max: 18 }), share: fc.constantFrom(2, 4, 6, 8) })
    .chain(({ width, height, share }) =>
      fc
        .array(fc.integer({ min: 0, max: 9 }), { minLength: width * height, maxLength: width * height })
        .map((values) => imageOf('binary', width, height, Uint8Array.from(values, (value) => (value < share ? 1 : 0)))),
    );

  test.each(each)('a subset with the same topology, and thin: $method, $boundary', ({ method, boundary }) => {
    fc.assert(
      fc.property(random, (picture) => {
        const skeleton = thin(picture, { method, boundary });
        expect(skeleton.data.every((pixel, p) => pixel <= picture.data[p]!)).toBe(true);
        expect(topology(skeleton, boundary)).toEqual(topology(picture, boundary));
        expect(draw(thin(skeleton, { method, boundary }))).toBe(draw(skeleton));
      }),
      { numRuns: 300 },
    );
  });

  test.each(thinnings)('every picture of 4 × 4 pixels keeps its topology: %s', (method) => {
    const failures: string[] = [];
    // The black frame of one pixel stands for open surroundings, on the torus too.
    for (let bits = 0; bits < 65536; bits++) {
      const data = new Uint8Array(36);
      for (let i = 0; i < 16; i++) data[(1 + (i >> 2)) * 6 + 1 + (i & 3)] = (bits >> i) & 1;
      const picture = imageOf('binary', 6, 6, data);
      const skeleton = thin(picture, { method, boundary: 'open' });
      if (topology(skeleton, 'periodic').join() !== topology(picture, 'periodic').join()) failures.push(draw(picture));
    }
    expect(failures).toEqual([]);
  });

  test.each(published)('a periodic shift of the image shifts its skeleton: %s', (method) => {
    const picture = golden('images/network');
    const shifted = (source: Image2D<'binary'>): Image2D<'binary'> =>
      imageOf('binary', 64, 64, source.data.map((_, p) => source.data[(((p >> 6) + 11) % 64) * 64 + (((p & 63) + 29) % 64)]!));
    const settings = { method, boundary: 'periodic' } as const;
    expect(draw(thin(shifted(picture), settings))).toBe(draw(shifted(thin(picture, settings))));
  });
});
