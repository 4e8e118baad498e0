/* The three cases of the paper, as the sections go through them, and what the paper says of each. */

export const paperCases = [
  { number: 1, name: 'Stiffness', property: 'youngs-modulus', r2: [0.9711, 0.9591], loss: [0.0003, 0.0002], epochs: 100 },
  { number: 2, name: 'Poisson', property: 'poisson-ratio', r2: [0.927, 0.9124], loss: [0.0007, 0.0007], epochs: 50 },
  { number: 3, name: 'Expansion', property: 'thermal-expansion', r2: [0.8653, 0.9373], loss: [0.0005, 0.0003], epochs: 50 },
];

/** Those that have been run; `suffix` is that of the cases of another part, such as `StiffnessArms`. */
export function casesOf(data, suffix = '') {
  return paperCases.flatMap((paper) => {
    const found = data.case(`${paper.name}${suffix}`);
    return found ? [{ ...paper, ...found, name: paper.name }] : [];
  });
}
