/*
 * What `npm run paper` runs, the most important first. A unit is one process of `xdesign run`: a case, or a study.
 * `minutes`: on two cores, as measured or, where it says so, estimated.
 */
export const parts = [
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
];

export function minutesOf(part) {
  return part.units.reduce((sum, { minutes }) => sum + minutes, 0);
}
