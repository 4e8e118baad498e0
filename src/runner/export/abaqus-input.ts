/*
 * An image with its virtual test as an Abaqus input file, in the part of the format that CalculiX reads
 * too: one element a pixel (CPS4 or CPE4), the phases as element sets, the load cases as steps.
 *
 * CalculiX expands plane elements to solids (manual of version 2.20, "Eight-node plane stress
 * element"). Its plane stress then makes neighbours share the change of thickness at their nodes, which
 * pixels of two phases do not: moduli come out about a percent too large. So for CalculiX the phases do not
 * change their thickness: engineering constants with ν₁₃ = ν₂₃ = 0 and no expansion across the plane, whose
 * plane stress is that of the isotropic material.
 *
 * Units are mm, N, MPa, K; a pixel is 1 mm wide and 1 mm thick, so that elements are cubes where a
 * program expands them to solids. Linear elasticity knows no length: E, ν and α do not depend on it.
 */
import type { Image2D, IsotropicMaterial } from '#engine/api';
import { abaqusNumber } from './abaqus-number';
import { abaqusStep, periodicEquations, referenceNodes, type InputDialect } from './abaqus-conditions';
import { loadCasesOf, type ExportedTest } from './load-cases';

/** What the header of a file tells of where it comes from. */
export interface ExportOrigin {
  /** File name of the picture. */
  readonly picture: string;
  readonly caseName: string;
}

/** The text of the input file; the image is square. */
export function abaqusInput(image: Image2D<'binary'>, test: ExportedTest, origin: ExportOrigin, dialect: InputDialect): string {
  const lines = [
    ...header(image, test, origin, dialect),
    ...mesh(image, test),
    ...materials(image, test, dialect),
    '*INITIAL CONDITIONS, TYPE=TEMPERATURE',
    'NODES, 0.',
    ...(test.kind === 'periodic' ? periodicEquations(image.width) : []),
    ...loadCasesOf(test).flatMap((loadCase) => abaqusStep(loadCase, image.width, dialect)),
  ];
  return `${lines.join('\n')}\n`;
}

function header(
  { width: n }: Image2D<'binary'>,
  { kind, plane, phases }: ExportedTest,
  { picture, caseName }: ExportOrigin,
  dialect: InputDialect,
): string[] {
  const plain = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 130);
  return [
    '*HEADING',
    plain(`Virtual test ${kind} of ${picture}, ${plane === 'plane-stress' ? 'plane stress' : 'plane strain'}`).slice(0, 80),
    `** Written by xdesign export for ${dialect === 'abaqus' ? 'Abaqus' : 'CalculiX'}.`,
    plain(`** Picture ${picture}, case ${caseName}; white is ${phases.white.name}, black is ${phases.black.name}.`),
    `** Units: mm, N, MPa, K. A pixel is 1 mm x 1 mm x 1 mm; the edge is ${n} mm. x points right, y up.`,
    ...(dialect === 'calculix' && plane === 'plane-stress'
      ? [
          '** Materials have no Poisson effect across the plane, which leaves plane stress as it is, because',
          '** CalculiX expands CPS4 to solids that share their change of thickness, which makes phases too stiff.',
        ]
      : []),
    '** Nodes are numbered from the bottom left, row by row; elements from the top left, as pixels are.',
  ];
}

function mesh({ width: n, data }: Image2D<'binary'>, { kind, plane }: ExportedTest): string[] {
  const edge = n + 1;
  const lines = ['*NODE, NSET=NODES'];
  for (let row = 0; row <= n; row++) {
    for (let column = 0; column <= n; column++) lines.push(`${row * edge + column + 1}, ${column}., ${row}.`);
  }
  const type = plane === 'plane-stress' ? 'CPS4' : 'CPE4';
  for (const phase of phasesIn(data)) {
    lines.push(`*ELEMENT, TYPE=${type}, ELSET=${phaseSets[phase]}`);
    for (let p = 0; p < data.length; p++) {
      if (data[p] !== phase) continue;
      const corner = (n - 1 - Math.floor(p / n)) * edge + (p % n) + 1;
      lines.push(`${p + 1}, ${corner}, ${corner + 1}, ${corner + edge + 1}, ${corner + edge}`);
    }
  }
  return [
    ...lines,
    '*ELSET, ELSET=PIXELS, GENERATE',
    `1, ${n * n}, 1`,
    ...nodeSet('LEFT', 1, n * edge + 1, edge),
    ...nodeSet('RIGHT', edge, edge * edge, edge),
    ...nodeSet('BOTTOM', 1, edge, 1),
    ...nodeSet('TOP', n * edge + 1, edge * edge, 1),
    ...(kind === 'periodic' ? referenceNodes(n) : []),
  ];
}

function nodeSet(name: string, first: number, last: number, step: number): string[] {
  return [`*NSET, NSET=${name}, GENERATE`, `${first}, ${last}, ${step}`];
}

/** Sets and materials by phase: 0 black, 1 white. */
const phaseSets = ['BLACK', 'WHITE'] as const;

/** The phases that the image has, white first: a set without elements is an error in Abaqus. */
function phasesIn(data: Uint8Array): (0 | 1)[] {
  return ([1, 0] as const).filter((phase) => data.includes(phase));
}

function materials({ data }: Image2D<'binary'>, { plane, phases }: ExportedTest, dialect: InputDialect): string[] {
  const constants = dialect === 'calculix' && plane === 'plane-stress' ? withoutThickening : isotropic;
  return phasesIn(data).flatMap((phase) => [
    `*MATERIAL, NAME=${phaseSets[phase]}`,
    ...constants(phase === 1 ? phases.white : phases.black),
    `*SOLID SECTION, ELSET=${phaseSets[phase]}, MATERIAL=${phaseSets[phase]}`,
    '1.',
  ]);
}

function isotropic({ youngsModulus, poissonRatio, thermalExpansion }: IsotropicMaterial): string[] {
  const expansion = thermalExpansion === undefined ? [] : ['*EXPANSION, ZERO=0.', abaqusNumber(thermalExpansion)];
  return ['*ELASTIC', `${abaqusNumber(youngsModulus / 1e6)}, ${abaqusNumber(poissonRatio)}`, ...expansion];
}

/** Isotropic in the plane, without a Poisson effect or an expansion across it: E₁ E₂ E₃ ν₁₂ ν₁₃ ν₂₃ G₁₂ G₁₃, G₂₃. */
function withoutThickening({ youngsModulus, poissonRatio, thermalExpansion }: IsotropicMaterial): string[] {
  const young = abaqusNumber(youngsModulus / 1e6);
  const shear = abaqusNumber(youngsModulus / 1e6 / (2 * (1 + poissonRatio)));
  const alpha = thermalExpansion === undefined ? undefined : abaqusNumber(thermalExpansion);
  return [
    '*ELASTIC, TYPE=ENGINEERING CONSTANTS',
    `${young}, ${young}, ${young}, ${abaqusNumber(poissonRatio)}, 0., 0., ${shear}, ${shear},`,
    shear,
    ...(alpha === undefined ? [] : ['*EXPANSION, TYPE=ORTHO, ZERO=0.', `${alpha}, ${alpha}, 0.`]),
  ];
}
