import type { FiberSettings } from '#domain/microstructures';
import { success, type Result } from '#engine/core/finding';
import type { Rng } from '#engine/core/rng';
import type { DrawnField } from './microstructure';
import { placeShapes } from './place-shapes';
import { spherocylinder } from './shape';

/** Straight fibers in the periodic square; the field is the distance inside the nearest outline, in pixels. */
export function drawFibers(
  rng: Rng,
  settings: FiberSettings,
  pixelCount: number,
  resolution: number,
): Result<DrawnField> {
  const source = (stream: Rng) => {
    const length = stream.between(settings.length.lower, settings.length.upper) * resolution;
    const width = stream.between(settings.width.lower, settings.width.upper) * resolution;
    return {
      area: spherocylinder(length, width, 0).area,
      orient: (turning: Rng, scale: number) =>
        spherocylinder(length * scale, width * scale, turning.between(settings.orientation.lower, settings.orientation.upper)),
    };
  };
  const placed = placeShapes(rng, source, settings.overlap, pixelCount, resolution);
  return placed.ok ? success({ field: placed.value.field, drawn: { fibers: placed.value.shapeCount } }) : placed;
}
