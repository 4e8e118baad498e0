/*
 * The boundary conditions of the virtual tests in Abaqus' words. Each step states all of its
 * conditions again (OP=NEW), so a step does not depend on those before it.
 *
 * Periodic: the nodes of the right and the top edge follow those of the left and the bottom edge and
 * the mean strain, whose parts are degrees of freedom of two reference nodes: 1 and 2 of NORMAL are
 * ε₁₁ and ε₂₂, 1 of SHEAR is γ₁₂, half of it in each displacement. So the reactions there are mean
 * stresses times the volume. CalculiX leaves reactions of nodes without elements zero; there the
 * forces of the edges give the same, as the rest of the sum f ⊗ r over the edges cancels in pairs.
 */
import type { LoadCaseName } from '#engine/api';
import { abaqusNumber, type NodeSet } from './written-nodes';

/** The program that the file is written for. */
export type InputDialect = 'abaqus' | 'calculix';

/** The strain of compression and of the unit strains: small, as in a test of an elastic body. */
const appliedStrain = 1e-3;

/** What a load case fixes and moves, and what gives its result. */
interface Step {
  /** Set, degree of freedom, prescribed displacement, for an edge of that length. */
  readonly fixed: (edge: number) => readonly (readonly [string, number, number])[];
  /** The temperature of all nodes, K. */
  readonly temperature?: number;
  /** Sets whose reactions are printed, with their sum. */
  readonly reactions: Readonly<Record<InputDialect, readonly string[]>>;
  /** Sets whose displacements are printed. */
  readonly displacements?: readonly string[];
  /** How to read the properties. */
  readonly reading: Readonly<Record<InputDialect, string>>;
}

const both = <T>(value: T): Readonly<Record<InputDialect, T>> => ({ abaqus: value, calculix: value });
/** HOLD1 and HOLD2 are there where the solid of a porous image does not reach a roller. */
const rollers = [['LEFT', 1, 0], ['BOTTOM', 2, 0], ['HOLD1', 1, 0], ['HOLD2', 2, 0]] as const;
const unitStrain = (normal: readonly [number, number], shear: number): Step['fixed'] => () => [
  ['ORIGIN', 1, 0], ['ORIGIN', 2, 0], ['NORMAL', 1, normal[0]], ['NORMAL', 2, normal[1]], ['SHEAR', 1, shear],
];
const meanStress = { abaqus: ['REFERENCE'], calculix: ['RIGHT', 'TOP'] } as const;
const reference: Readonly<Record<InputDialect, string>> = {
  abaqus: 'Reactions NORMAL 1, NORMAL 2, SHEAR 1 / volume = mean stress 11, 22, 12',
  calculix: 'Total forces RIGHT 1, TOP 2, TOP 1 / (edge x thickness) = mean stress 11, 22, 12',
};
const stiffnessColumn = (column: number): Step['reading'] => ({
  abaqus: `${reference.abaqus} = strain x (C1${column}, C2${column}, C3${column})`,
  calculix: `${reference.calculix} = strain x (C1${column}, C2${column}, C3${column})`,
});

const steps: Readonly<Record<LoadCaseName, Step>> = {
  'compression x': {
    fixed: (edge) => [...rollers, ['RIGHT', 1, -appliedStrain * edge]],
    reactions: both(['RIGHT']),
    displacements: ['TOP'],
    reading: both('Ex = - total reaction 1 of RIGHT / (strain x edge x thickness); nu_xy = mean displacement 2 of TOP / (strain x edge)'),
  },
  'compression y': {
    fixed: (edge) => [...rollers, ['TOP', 2, -appliedStrain * edge]],
    reactions: both(['TOP']),
    displacements: ['RIGHT'],
    reading: both('Ey = - total reaction 2 of TOP / (strain x edge x thickness); nu_yx = mean displacement 1 of RIGHT / (strain x edge)'),
  },
  heating: {
    fixed: () => rollers,
    temperature: 1,
    reactions: both([]),
    displacements: ['RIGHT', 'TOP'],
    reading: both('alpha_x = mean displacement 1 of RIGHT / (edge x 1 K), alpha_y = mean displacement 2 of TOP / (edge x 1 K)'),
  },
  'strain 11': { fixed: unitStrain([appliedStrain, 0], 0), reactions: meanStress, reading: stiffnessColumn(1) },
  'strain 22': { fixed: unitStrain([0, appliedStrain], 0), reactions: meanStress, reading: stiffnessColumn(2) },
  'shear 12': { fixed: unitStrain([0, 0], appliedStrain), reactions: meanStress, reading: stiffnessColumn(3) },
  'constrained heating': {
    fixed: unitStrain([0, 0], 0),
    temperature: 1,
    reactions: meanStress,
    reading: { abaqus: `${reference.abaqus} = - C alpha x 1 K`, calculix: `${reference.calculix} = - C alpha x 1 K` },
  },
};

/** One step of an image of n × n pixels with these sets of nodes, of which some may be empty. */
export function abaqusStep(loadCase: LoadCaseName, n: number, dialect: InputDialect, sets: readonly NodeSet[]): string[] {
  const { fixed, temperature = 0, reactions, displacements: requested = [], reading } = steps[loadCase];
  const empty = new Set(sets.filter(({ nodes }) => nodes.length === 0).map(({ name }) => name));
  const displacements = requested.filter((set) => !empty.has(set));
  // Only CalculiX can print a sum without its parts.
  const totals = dialect === 'calculix' ? 'ONLY' : 'YES';
  return [
    `** ${loadCase}${temperature === 0 ? `, strain ${appliedStrain}` : `, ${temperature} K`}`,
    `** ${reading[dialect]}`,
    ...(displacements.length > 0 ? ['** The mean is that of the edge: its two end nodes weigh half.'] : []),
    '*STEP',
    '*STATIC',
    '*BOUNDARY, OP=NEW',
    ...fixed(n).filter(([where]) => !empty.has(where)).map(([where, degree, value]) => `${where}, ${degree}, ${degree}, ${abaqusNumber(value)}`),
    '*TEMPERATURE, OP=NEW',
    `NODES, ${abaqusNumber(temperature)}`,
    ...reactions[dialect].filter((set) => !empty.has(set)).flatMap((set) => [`*NODE PRINT, NSET=${set}, TOTALS=${totals}`, 'RF']),
    ...displacements.flatMap((set) => [`*NODE PRINT, NSET=${set}`, 'U']),
    `*EL PRINT, ELSET=PIXELS, TOTALS=${totals}`,
    'ELSE',
    '*END STEP',
  ];
}

/** The reference nodes of the mean strain, right of the image. */
export function referenceNodes(n: number): string[] {
  const [normal, shear] = referenceNumbers(n);
  return [
    '*NODE, NSET=REFERENCE',
    `${normal}, ${n + 1}., 0.`,
    `${shear}, ${n + 1}., 1.`,
    '*NSET, NSET=NORMAL',
    `${normal}`,
    '*NSET, NSET=SHEAR',
    `${shear}`,
  ];
}

/**
 * u(follower) = u(leader) + mean strain × distance, for every node of the right and top edges once. Its leader is the
 * node at the left or bottom edge, or, of the corners, the first that is there; without one it is free.
 */
export function periodicEquations(n: number, has: (column: number, row: number) => boolean): string[] {
  const edge = n + 1;
  const node = (column: number, row: number): number => row * edge + column + 1;
  const [normal, shear] = referenceNumbers(n);
  const lines: string[] = [];
  const tie = (column: number, row: number): void => {
    if (!has(column, row)) return;
    const places = [[column % n, row % n], [n, row % n], [column % n, n]] as const;
    const place = places.find(([c, r]) => (c % n === column % n && r % n === row % n) && has(c, r));
    if (place === undefined || (place[0] === column && place[1] === row)) return;
    const [follower, leader, dx, dy] = [node(column, row), node(place[0], place[1]), column - place[0], row - place[1]];
    for (const degree of [1, 2] as const) {
      const [own, other] = degree === 1 ? [dx, dy] : [dy, dx];
      const terms = [`${follower}, ${degree}, 1.`, `${leader}, ${degree}, -1.`];
      if (own !== 0) terms.push(`${normal}, ${degree}, ${abaqusNumber(-own)}`);
      if (other !== 0) terms.push(`${shear}, 1, ${abaqusNumber(-other / 2)}`);
      lines.push('*EQUATION', `${terms.length}`, terms.join(', '));
    }
  };
  for (let row = 0; row < n; row++) tie(n, row);
  for (let column = 0; column < n; column++) tie(column, n);
  tie(n, n);
  return lines;
}

function referenceNumbers(n: number): readonly [normal: number, shear: number] {
  const nodes = (n + 1) ** 2;
  return [nodes + 1, nodes + 2];
}
