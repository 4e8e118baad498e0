/*
 * What `npm run paper` runs, the most important first. A unit is one process of `xdesign run`: a case, a study, or
 * all cases of the file.
 * `minutes` are estimates for two cores, from runs at this size before and from rates in docs/benchmarks.md.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const all = [
  {
    name: 'cases',
    about: 'the three cases with random patches as control',
    file: 'compact.xdesign',
    units: [
      { name: 'Stiffness', case: 'Stiffness', minutes: 13 },
      // The network of the first case serves this one too.
      { name: 'Poisson', case: 'Poisson', minutes: 4 },
      { name: 'Expansion', case: 'Expansion', minutes: 20 },
    ],
  },
  {
    name: 'optimization',
    about: 'topology optimization from the best designs and from other starts',
    file: 'optimization.xdesign',
    units: [
      { name: 'StiffnessOptimized', case: 'StiffnessOptimized', minutes: 4 },
      { name: 'PoissonOptimized', case: 'PoissonOptimized', minutes: 4 },
    ],
  },
  {
    name: 'comparisons',
    about: 'the other construction, images that are not exceptional, and cells from the literature',
    file: 'comparisons.xdesign',
    units: [
      { name: 'StiffnessArms', case: 'StiffnessArms', minutes: 8 },
      { name: 'PoissonArms', case: 'PoissonArms', minutes: 8 },
      { name: 'ExpansionArms', case: 'ExpansionArms', minutes: 16 },
    ],
  },
  {
    name: 'other-materials',
    about: 'other constituents and fewer images',
    file: 'other-materials.xdesign',
    units: [{ name: 'all cases', minutes: 6 }],
  },
  {
    name: 'studies',
    about: 'the threshold, the way in which maps are made, and the seed of case 1',
    file: 'studies.xdesign',
    units: [
      { name: 'Thresholds', study: 'Thresholds', minutes: 14 },
      { name: 'Maps', study: 'Maps', minutes: 20 },
      // The first seed is that of the cases.
      { name: 'Seeds', study: 'Seeds', minutes: 26 },
    ],
  },
];

/** Those whose specification is there. */
export const parts = all.filter(({ file }) => existsSync(fileURLToPath(new URL(`../../examples/paper/${file}`, import.meta.url))));

export function minutesOf(part) {
  return part.units.reduce((sum, { minutes }) => sum + minutes, 0);
}
