/*
 * Strain and stress of each pixel from the displacements of a load case. A pixel is one bilinear
 * element: the strain at its center is also its mean (the parts linear in position cancel), and so is
 * the stress (e.g. Bathe, Finite Element Procedures, section 5.3).
 */
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import { ensure } from '#engine/core/bug-error';
import type { Image2D } from '#engine/grid/image-2d';
import { planeStiffness } from '../element/plane-element';
import type { LoadCaseFields } from './solve-fields';

/** Strain and stress at the center of each pixel, per unit macroscopic strain or per kelvin; row 0 at the top. */
export interface PixelFields {
  /** Three values a pixel: ε₁₁, ε₂₂, engineering shear γ₁₂; thermal strain included. */
  readonly strain: Float64Array;
  /** Three values a pixel: σ₁₁, σ₂₂, σ₁₂, Pa. In plane strain σ₃₃ acts too and is not given. */
  readonly stress: Float64Array;
}

/** The pixel fields of one load case of the image, which must be the one that was solved, with its phases and plane. */
export function pixelFields(
  image: Image2D<'binary'>,
  { name, displacement }: LoadCaseFields,
  phases: PhasePair,
  plane: PlaneAssumption,
): PixelFields {
  const n = image.width;
  ensure(displacement.length === 2 * (n + 1) ** 2, `${displacement.length} displacements of ${n} × ${n} pixels`);
  const temperature = name === 'heating' || name === 'constrained heating' ? 1 : 0;
  const [black, white] = [phases.black, phases.white].map((material) => ({
    stiffness: planeStiffness(material, plane),
    thermalStrain: temperature * (plane === 'plane-stress' ? 1 : 1 + material.poissonRatio) * (material.thermalExpansion ?? 0),
  })) as [PhaseStiffness, PhaseStiffness];

  const strain = new Float64Array(3 * n * n);
  const stress = new Float64Array(3 * n * n);
  for (let p = 0; p < n * n; p++) {
    const below = 2 * ((n - 1 - Math.floor(p / n)) * (n + 1) + (p % n));
    const above = below + 2 * (n + 1);
    const at = (index: number): number => displacement[index]!;
    const alongX = (component: number): number =>
      (n / 2) * (at(below + 2 + component) - at(below + component) + (at(above + 2 + component) - at(above + component)));
    const alongY = (component: number): number =>
      (n / 2) * (at(above + component) - at(below + component) + (at(above + 2 + component) - at(below + 2 + component)));
    const { stiffness, thermalStrain } = image.data[p] === 1 ? white : black;
    const own = [alongX(0), alongY(1), alongX(1) + alongY(0)] as const;
    const [e11, e22] = [own[0] - thermalStrain, own[1] - thermalStrain];
    strain.set(own, 3 * p);
    stress[3 * p] = stiffness[0]! * e11 + stiffness[1]! * e22;
    stress[3 * p + 1] = stiffness[3]! * e11 + stiffness[4]! * e22;
    stress[3 * p + 2] = stiffness[8]! * own[2];
  }
  return { strain, stress };
}

interface PhaseStiffness {
  readonly stiffness: Float64Array;
  readonly thermalStrain: number;
}
