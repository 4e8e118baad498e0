import type { ParticleSettings } from '#domain/microstructures';
import { success, type Result } from '#engine/core/finding';
import type { Rng } from '#engine/core/rng';
import type { DrawnField } from './microstructure';
import { placeShapes } from './place-shapes';
import { ellipse } from './shape';

/** Ellipses in the periodic square; the field is the distance inside the nearest outline, in pixels. */
export function drawParticles(
  rng: Rng,
  settings: ParticleSettings,
  pixelCount: number,
  resolution: number,
): Result<DrawnField> {
  const source = (stream: Rng) => {
    const radius = stream.between(settings.radius.lower, settings.radius.upper) * resolution;
    const aspect = stream.between(settings.aspect.lower, settings.aspect.upper);
    return {
      area: ellipse(radius, aspect, 0).area,
      orient: (turning: Rng, scale: number) =>
        ellipse(radius * scale, aspect, turning.between(settings.orientation.lower, settings.orientation.upper)),
    };
  };
  const placed = placeShapes(rng, source, settings.overlap, pixelCount, resolution);
  return placed.ok ? success({ field: placed.value.field, drawn: { particles: placed.value.shapeCount } }) : placed;
}
