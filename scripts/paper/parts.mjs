/*
 * What `npm run paper` runs, the most important first. A unit is one process of `xdesign run`: a case, a study, or
 * all cases of the file.
 * `minutes` are estimates for two cores, from runs at this size before and from rates in docs/benchmarks.md.
 */
export const parts = [
  // The three cases with random patches as control.
  {
    name: 'cases',
    file: 'compact.xdesign',
    units: [
      { name: 'Stiffness', case: 'Stiffness', minutes: 14 },
      { name: 'Poisson', case: 'Poisson', minutes: 14 },
      { name: 'Expansion', case: 'Expansion', minutes: 29 },
    ],
  },
  // Explanation against chance: each case with fewer images and eight seeds, explained by the finite elements and by a network.
  {
    name: 'luck',
    file: 'luck.xdesign',
    units: [
      { name: 'StiffnessExactSeeds', study: 'StiffnessExactSeeds', minutes: 4 },
      { name: 'PoissonExactSeeds', study: 'PoissonExactSeeds', minutes: 4 },
      { name: 'ExpansionExactSeeds', study: 'ExpansionExactSeeds', minutes: 17 },
    ],
  },
  {
    name: 'luck-of-networks',
    file: 'luck.xdesign',
    units: [
      { name: 'StiffnessNetworkSeeds', study: 'StiffnessNetworkSeeds', minutes: 13 },
      { name: 'PoissonNetworkSeeds', study: 'PoissonNetworkSeeds', minutes: 13 },
      { name: 'ExpansionNetworkSeeds', study: 'ExpansionNetworkSeeds', minutes: 28 },
    ],
  },
  // Topology optimization from the best designs and from other starts.
  {
    name: 'optimization',
    file: 'optimization.xdesign',
    units: [
      { name: 'StiffnessOptimized', case: 'StiffnessOptimized', minutes: 4 },
      { name: 'PoissonOptimized', case: 'PoissonOptimized', minutes: 4 },
    ],
  },
  // The other construction, images that are not exceptional, and cells from the literature.
  {
    name: 'comparisons',
    file: 'comparisons.xdesign',
    units: [
      { name: 'StiffnessArms', case: 'StiffnessArms', minutes: 8 },
      { name: 'PoissonArms', case: 'PoissonArms', minutes: 8 },
      { name: 'ExpansionArms', case: 'ExpansionArms', minutes: 16 },
    ],
  },
  // Other constituents and fewer images.
  {
    name: 'other-materials',
    file: 'other-materials.xdesign',
    units: [{ name: 'all cases', minutes: 6 }],
  },
  // The threshold and the way in which maps are made, in case 1. What the seed changes, the eight seeds above tell.
  {
    name: 'studies',
    file: 'studies.xdesign',
    units: [
      { name: 'Thresholds', study: 'Thresholds', minutes: 7 },
      { name: 'Maps', study: 'Maps', minutes: 10 },
    ],
  },
];

export function minutesOf(part) {
  return part.units.reduce((sum, { minutes }) => sum + minutes, 0);
}
