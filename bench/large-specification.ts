/* A specification of 2 000 lines: 100 materials, two databases and 200 cases, each a little different. */

/** Ends with a line break. */
export function largeSpecification(materials = 100, cases = 200): string {
  const lines = ['// A library of materials, two databases, and many cases.'];
  for (let index = 0; index < materials; index++) {
    lines.push(`material M${index} { young ${(10 + index).toFixed(1)} GPa  poisson 0.${20 + (index % 15)}  expansion ${(3 + index / 10).toFixed(1)}e-6 1/K }`);
  }
  for (const [name, resolution] of [['Fine', 256], ['Coarse', 64]] as const) {
    lines.push(
      '',
      `database ${name} {`,
      `    size 2000      resolution ${resolution}   fraction 0.38 .. 0.41    seed 7`,
      '    particles 25%  fibers 25%       cells 25%                spinodal 25%',
      '}',
    );
  }
  for (let index = 0; index < cases; index++) {
    const [white, black] = [materials - 1 - (index % (materials >> 1)), index % (materials >> 1)];
    lines.push(
      '',
      `case Case${index} {`,
      `    white M${white}  black M${black}  from ${index % 2 === 0 ? 'Fine' : 'Coarse'}`,
      '    plane stress  test periodic',
      `    maximize E along x, y  // number ${index}`,
      '    subject to difference(E) < 10%  subject to fraction in 0.39 .. 0.40',
      '    learn compact { epochs 16  batch 64 }',
      '    explain gradram { outliers top 10%  threshold 0.4, 0.5, 0.6  layer last, stage-1 }',
      '    construct mirror',
    );
    lines.push('}');
  }
  return `${lines.join('\n')}\n`;
}
