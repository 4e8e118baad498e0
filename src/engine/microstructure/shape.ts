/** Signed distances of the shapes that particles and fibers are drawn from. All lengths in pixels. */

/** A convex shape around the origin; x points right, y up. */
export interface Shape {
  readonly area: number;
  /** No point of the shape is farther than this from the origin along x. */
  readonly reachX: number;
  readonly reachY: number;
  /** Distance to the outline, negative inside. */
  signedDistance(x: number, y: number): number;
}

/**
 * An ellipse with the circle of equal area given, its long axis turned by `orientation` radians from x
 * towards y. The distance is the first-order one, (g − 1) / |∇g| with g the ellipse's gauge function
 * (Taubin 1991, doi 10.1109/34.103273): exact for circles and at any outline, which is where it counts.
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

/** A rectangle with round ends: `length` from tip to tip, turned by `orientation` radians from x towards y. */
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
