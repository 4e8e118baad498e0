import { expect, test } from 'vitest';
import { imageOf } from '#engine/api';
import { tiled } from '#runner/report/page/encode-png';
import { heatOverImage } from '#runner/report/sections/strip-section';
import { draw, image } from '#test/support/draw-image';

test('over the heat the white phase stays lighter than the black one', () => {
  const phases = image('#.');
  const { data } = heatOverImage(phases, imageOf('heat', 2, 1, Float32Array.of(0.5, 0.5)));
  for (let channel = 0; channel < 3; channel++) expect(data[channel]!).toBeGreaterThan(data[3 + channel]!);
});

test('tiles repeat the image', () => {
  expect(draw(tiled(image('#.\n..'), 2))).toBe('#.#.\n....\n#.#.\n....');
});
