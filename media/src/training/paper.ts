/*
 * What the paper's networks reached on their hold-out: Feng et al. 2024, doi:10.1016/j.eml.2024.102269, 20 000
 * images a case, 80 % of them for training, one ResNet-18 a direction.
 */
import type { Directional, Property } from '#domain/objective';

export const paperR2: Readonly<Record<Property, Directional>> = {
  'youngs-modulus': { x: 0.9711, y: 0.9591 },
  'poisson-ratio': { x: 0.927, y: 0.9124 },
  'thermal-expansion': { x: 0.8653, y: 0.9373 },
};
