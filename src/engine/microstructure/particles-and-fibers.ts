/* The two families of random shapes: elliptical particles and straight fibers. All lengths are in pixels. */
import type { FiberSettings, ParticleSettings } from '#domain/microstructures';
import { success, type Result } from '#domain/finding';
import type { Rng } from '#engine/core/rng';
import type { FamilyField } from './cut-field';
import { placeShapes, type Shape } from './place-shapes';

/** Ellipses in the periodic square; the field is the depth inside the nearest outline, in pixels. */
export function generateParticles(
  rng: Rng,
  settings: ParticleSettings,
  pixelCount: number,
  resolution: number,
): Result<FamilyField> {
  const source = (stream: Rng) => {
    const radius = stream.between(settings.radius.lower, settings.radius.upper) * resolution;
    const aspect = stream.between(settings.aspect.lower, settings.aspect.upper);
    return {
      area: ellipse(radius, aspect, 0).area,
      orient: (orienting: Rng, scale: number) =>
        ellipse(radius * scale, aspect, orienting.between(settings.orientation.lower, settings.orientation.upper)),
    };
  };
  const placed = placeShapes(rng, source, settings.overlap, pixelCount, resolution);
  return placed.ok ? success({ field: placed.value.field, drawn: { particles: placed.value.shapeCount } }) : placed;
}

/** Straight fibers in the periodic square; the field is the depth inside the nearest outline, in pixels. */
export function generateFibers(
  rng: Rng,
  settings: FiberSettings,
  pixelCount: number,
  resolution: number,
): Result<FamilyField> {
  const source = (stream: Rng) => {
    const length = stream.between(settings.length.lower, settings.length.upper) * resolution;
    const width = stream.between(settings.width.lower, settings.width.upper) * resolution;
    return {
      area: spherocylinder(length, width, 0).area,
      orient: (orienting: Rng, scale: number) =>
        spherocylinder(length * scale, width * scale, orienting.between(settings.orientation.lower, settings.orientation.upper)),
    };
  };
  const placed = placeShapes(rng, source, settings.overlap, pixelCount, resolution);
  return placed.ok ? success({ field: placed.value.field, drawn: { fibers: placed.value.shapeCount } }) : placed;
}

/**
 * An ellipse, given by the radius of the circle of equal area, with its long axis rotated by `orientation` radians from
 * x toward y. The distance is the first-order approximation (g − 1) / |∇g| with the ellipse's gauge function g (Taubin
 * 1991, doi 10.1109/34.103273): exact for circles and on every outline.
 */
export function ellipse(radius: number, aspect: number, orientation: number): Shape {
  const long = radius * Math.sqrt(aspect);
  const short = radius / Math.sqrt(aspect);
  const c = Math.cos(orientation);
  const s = Math.sin(orientation);
  return {
    area: Math.PI * radius * radius,
    reachX: Math.hypot(long * c, short * s),
    reachY: Math.hypot(long * s, short * c),
    signedDistance(x, y) {
      const u = (x * c + y * s) / long;
      const v = (y * c - x * s) / short;
      const gauge = Math.sqrt(u * u + v * v);
      if (gauge < 1e-9) return -short;
      return (gauge * (gauge - 1)) / Math.sqrt((u * u) / (long * long) + (v * v) / (short * short));
    },
  };
}

/** A rectangle with round ends: `length` from tip to tip, rotated by `orientation` radians from x toward y. */
export function spherocylinder(length: number, width: number, orientation: number): Shape {
  const radius = width / 2;
  const halfAxis = Math.max(0, length / 2 - radius);
  const c = Math.cos(orientation);
  const s = Math.sin(orientation);
  return {
    area: Math.PI * radius * radius + 2 * halfAxis * width,
    reachX: halfAxis * Math.abs(c) + radius,
    reachY: halfAxis * Math.abs(s) + radius,
    signedDistance(x, y) {
      const along = Math.max(0, Math.abs(x * c + y * s) - halfAxis);
      const across = y * c - x * s;
      return Math.sqrt(along * along + across * across) - radius;
    },
  };
}
