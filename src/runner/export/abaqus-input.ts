/*
 * An image with its virtual test as an Abaqus input file, in the part of the format that CalculiX reads
 * too: one element a pixel (CPS4 or CPE4), the phases as element sets, the load cases as steps.
 *
 * CalculiX expands plane elements to solids (manual of version 2.20, "Eight-node plane stress
 * element"). Its plane stress then makes neighbors share the change of thickness at their nodes, which
 * pixels of two phases do not: moduli come out about a percent too large. So for CalculiX the phases do not
 * change their thickness: engineering constants with ν₁₃ = ν₂₃ = 0 and no expansion across the plane, whose
 * plane stress is that of the isotropic material.
 *
 * Units are mm, N, MPa, K; a pixel is 1 mm wide and 1 mm thick, so that elements are cubes where a
 * program expands them to solids. Linear elasticity knows no length: E, ν and α do not depend on it.
 */
import type { IsotropicMaterial } from '#domain/materials';
import { isVoid, type Image2D } from '#engine/api';
import { abaqusNumber, writtenNodes, type WrittenNodes } from './written-nodes';
import { abaqusStep, periodicEquations, referenceNodes, type InputDialect } from './abaqus-conditions';
import type { ExportedTest } from './load-cases';
import type { SolidPart } from './solid-part';

/** The origin of a file, as its header states it. */
export interface ExportOrigin {
  /** File name of the image. */
  readonly imageName: string;
  readonly caseName: string;
}

/** The text of the input file; the image is square, and the part of it that is written carries something. */
export function abaqusInput(image: Image2D<'binary'>, test: ExportedTest, origin: ExportOrigin, dialect: InputDialect, part: Pick<SolidPart, 'pixels' | 'pieces' | 'loadCases'>): string {
  const nodes = writtenNodes(image.width, part, test.kind === 'periodic');
  const lines = [
    ...header(image, test, origin, dialect),
    ...mesh(image, test, part, nodes),
    ...materials(phasesIn(image.data, part.pixels), test, dialect),
    '*INITIAL CONDITIONS, TYPE=TEMPERATURE',
    'NODES, 0.',
    ...(test.kind === 'periodic' ? periodicEquations(image.width, nodes.has) : []),
    ...part.loadCases.flatMap((loadCase) => abaqusStep(loadCase, image.width, dialect, nodes.sets)),
  ];
  return `${lines.join('\n')}\n`;
}

function header(
  { width: n }: Image2D<'binary'>,
  { kind, plane, phases }: ExportedTest,
  { imageName, caseName }: ExportOrigin,
  dialect: InputDialect,
): string[] {
  const plain = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 130);
  return [
    '*HEADING',
    plain(`Virtual test ${kind} of ${imageName}, ${plane === 'plane-stress' ? 'plane stress' : 'plane strain'}`).slice(0, 80),
    `** Written by xdesign export for ${dialect === 'abaqus' ? 'Abaqus' : 'CalculiX'}.`,
    plain(`** Picture ${imageName}, case ${caseName}; white is ${phases.white.name}, black is ${phases.black.name}.`),
    `** Units: mm, N, MPa, K. A pixel is 1 mm x 1 mm x 1 mm; the edge is ${n} mm. x points right, y up.`,
    ...(dialect === 'calculix' && plane === 'plane-stress'
      ? [
          '** Materials have no Poisson effect across the plane, which leaves plane stress as it is, because',
          '** CalculiX expands CPS4 to solids that share their change of thickness, which makes phases too stiff.',
        ]
      : []),
    ...(isVoid(phases.white) || isVoid(phases.black)
      ? ['** Pixels of the void are left out, and islands and dead ends of the solid, which carry nothing.', '** So means over edges are those of the solid; XDesign counts the pores of an edge, too.']
      : []),
    '** Nodes are numbered from the bottom left, row by row; elements from the top left, as pixels are.',
  ];
}

function mesh({ width: n, data }: Image2D<'binary'>, { kind, plane }: ExportedTest, { pixels }: Pick<SolidPart, 'pixels'>, { has, sets }: WrittenNodes): string[] {
  const edge = n + 1;
  const lines = ['*NODE, NSET=NODES'];
  for (let row = 0; row <= n; row++) {
    for (let column = 0; column <= n; column++) if (has(column, row)) lines.push(`${row * edge + column + 1}, ${column}., ${row}.`);
  }
  const type = plane === 'plane-stress' ? 'CPS4' : 'CPE4';
  for (const phase of phasesIn(data, pixels)) {
    lines.push(`*ELEMENT, TYPE=${type}, ELSET=${phaseSets[phase]}`);
    for (let p = 0; p < data.length; p++) {
      if (data[p] !== phase || pixels[p] === 0) continue;
      const corner = (n - 1 - Math.floor(p / n)) * edge + (p % n) + 1;
      lines.push(`${p + 1}, ${corner}, ${corner + 1}, ${corner + edge + 1}, ${corner + edge}`);
    }
  }
  return [
    ...lines,
    ...setOf('ELSET', 'PIXELS', numbersWhere(pixels)),
    ...sets.filter(({ name }) => name !== 'ORIGIN').flatMap(({ name, nodes }) => setOf('NSET', name, nodes)),
    ...(kind === 'periodic' ? referenceNodes(n) : []),
    ...sets.filter(({ name }) => name === 'ORIGIN').flatMap(({ name, nodes }) => setOf('NSET', name, nodes)),
  ];
}

function numbersWhere(flags: Uint8Array): number[] {
  return Array.from(flags.keys()).filter((i) => flags[i] === 1).map((i) => i + 1);
}

/** A set by first, last and step where it is one row, else by its members, 16 a line; nothing when it is empty. */
function setOf(kind: 'NSET' | 'ELSET', name: string, members: readonly number[]): string[] {
  const [first, second] = members;
  if (first === undefined) return [];
  const step = (second ?? first + 1) - first;
  if (members.length > 1 && members.every((member, i) => member === first + i * step)) return [`*${kind}, ${kind}=${name}, GENERATE`, `${first}, ${members.at(-1)!}, ${step}`];
  const lines = Array.from({ length: Math.ceil(members.length / 16) }, (_, line) => members.slice(16 * line, 16 * line + 16).join(', '));
  return [`*${kind}, ${kind}=${name}`, ...lines];
}

/** Sets and materials by phase: 0 black, 1 white. */
const phaseSets = ['BLACK', 'WHITE'] as const;

/** The phases that are written, white first: a set without elements is an error in Abaqus. */
function phasesIn(data: Uint8Array, pixels: Uint8Array): (0 | 1)[] {
  return ([1, 0] as const).filter((phase) => data.some((value, p) => value === phase && pixels[p] === 1));
}

function materials(written: readonly (0 | 1)[], { plane, phases }: ExportedTest, dialect: InputDialect): string[] {
  const constants = dialect === 'calculix' && plane === 'plane-stress' ? withoutThickening : isotropic;
  return written.flatMap((phase) => [
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
