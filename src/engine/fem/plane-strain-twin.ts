/*
 * Plane stress and plane strain are one problem with two readings of its constants (e.g. Bathe, Finite
 * Element Procedures, table 4.3): E′/(1 − ν′²) = E, ν′/(1 − ν′) = ν, (1 + ν′) α′ = α.
 */
import type { IsotropicMaterial } from '#engine/core/material';

/**
 * The material that has in plane strain the stiffness and the expansion in the plane which this one has
 * in plane stress. There is none for a Poisson's ratio of −1/2 or less.
 */
export function planeStrainTwin(material: IsotropicMaterial): IsotropicMaterial | undefined {
  const { youngsModulus, poissonRatio: nu, thermalExpansion } = material;
  if (nu <= -0.5) return undefined;
  return {
    ...material,
    youngsModulus: (youngsModulus * (1 + 2 * nu)) / (1 + nu) ** 2,
    poissonRatio: nu / (1 + nu),
    ...(thermalExpansion === undefined ? {} : { thermalExpansion: (thermalExpansion * (1 + nu)) / (1 + 2 * nu) }),
  };
}
