import { isSolvableContrast, largestContrast, phaseContrast, type IsotropicMaterial } from '#domain/materials';
import type { Property } from '#domain/objective';
import { measures } from '#domain/virtual-tests';
import { formatNumber } from '#units/format-quantity';
import type { Case, Objective, Phase } from '#language/generated/ast';
import { allEntries, firstEntry, learnReader, materialOfPhase, needsExpansion, objectiveProperty, phaseOf, planeOf, testOf, voidPhase } from '#language/specification/read-case';
import { propertyRules } from '#language/entries/entries';
import { show } from '#language/entries/read-number';
import type { Check, NodePlace, ProposedFix, Report } from '#language/findings';

/** `equal-phases`, `missing-expansion`, `white-is-softer` */
export const checkPhases: Check<Case> = (node, report) => {
  const [whitePhase, blackPhase] = [phaseOf(node, 'white'), phaseOf(node, 'black')];
  const [white, black] = [materialOfPhase(node, 'white'), materialOfPhase(node, 'black')];
  if (needsExpansion(node)) {
    for (const phase of [whitePhase, blackPhase]) checkExpansion(phase, node, report);
  }
  if (white === undefined || black === undefined || blackPhase === undefined) return;

  const place = { node: blackPhase, property: partOf(blackPhase) };
  const same = sameSolid(white, black, objectiveProperty(node));
  if (same !== undefined) report('equal-phases', same.message, same.remedy, place);

  const objective = firstEntry(node, 'Objective');
  if (objective?.sense === 'maximize' && objective.property === 'E' && white.youngsModulus < black.youngsModulus) {
    const message = `White is the design phase, and \`${white.name}\` is softer than \`${black.name}\`.`;
    report('white-is-softer', message, `Did you mean \`white ${black.name} black ${white.name}\`?`, whitePhase === undefined ? place : { node: whitePhase, property: partOf(whitePhase) });
  }
};

/** What makes every image the same solid. */
export function sameSolid(white: IsotropicMaterial, black: IsotropicMaterial, objective: Property | undefined): { readonly message: string; readonly remedy: string } | undefined {
  const names = `\`${white.name}\` and \`${black.name}\``;
  if (white === voidPhase && black === voidPhase) return { message: 'White and black are both `void`: no image has any solid.', remedy: 'Choose a material for white.' };
  if (white.name === black.name) return { message: `White and black are both \`${white.name}\`: every image is the same solid.`, remedy: 'Choose another material for black.' };
  if (equalProperties(white, black)) return { message: `${names} have the same properties: every image is the same solid.`, remedy: 'Choose another material for black.' };
  if (objective === 'thermal-expansion' && white.thermalExpansion !== undefined && white.thermalExpansion === black.thermalExpansion) {
    return { message: `${names} expand alike, and so does every arrangement of them.`, remedy: 'Set different values of `expansion` for the phases.' };
  }
  return undefined;
}

/** The property of a phase's node that says what the phase is made of. */
export function partOf(phase: Phase): 'void' | 'material' {
  return phase.void ? 'void' : 'material';
}

/** `contrast-too-high` */
export const checkLargestContrast: Check<Case> = (node, report) => {
  const [white, black] = [materialOfPhase(node, 'white'), materialOfPhase(node, 'black')];
  if (white === undefined || black === undefined || white === voidPhase || black === voidPhase) return;
  const { ratio: contrast, stiff: stiffPhase } = phaseContrast({ white, black }, planeOf(node));
  if (isSolvableContrast(contrast)) return;
  const [stiff, soft] = stiffPhase === 'white' ? [white, black] : [black, white];
  const least = roundedUp((soft.youngsModulus * contrast) / largestContrast);
  const message = `\`${stiff.name}\` is ${powerOfTen(contrast)} times as stiff as \`${soft.name}\`. Beyond ${powerOfTen(largestContrast)} times, the round-off of the stiff phase hides the soft one.`;
  report('contrast-too-high', message, `Write \`void\` for pores, or give \`${soft.name}\` a Young's modulus of at least ${show(least, propertyRules['youngs-modulus'])}.`, { node: phaseOf(node, stiffPhase === 'white' ? 'black' : 'white')!, property: 'material' }, [{ title: 'Write `void`', text: 'void' }]);
};

/** Such as `3.79e15`. */
function powerOfTen(value: number): string {
  return Number(value.toPrecision(3)).toExponential().replace('e+', 'e');
}

/** To three digits. */
function roundedUp(value: number): number {
  const quantum = 10 ** (Math.floor(Math.log10(value)) - 2);
  return Number((Math.ceil((value / quantum) * (1 - 1e-10)) * quantum).toPrecision(3));
}

/** With phases that differ less in a property, no arrangement gains much. */
const leastContrast = 1.05;
/** Where a phase so much stiffer is connected, the other phase has no effect. */
const stiffContrast = 1000;

/** `no-contrast`, `expansion-of-stiff-phase` */
export const checkContrast: Check<Case> = (node, report) => {
  const objective = firstEntry(node, 'Objective');
  const [white, black] = [materialOfPhase(node, 'white'), materialOfPhase(node, 'black')];
  const property = objectiveProperty(node);
  if (objective === undefined || property === undefined || white === undefined || black === undefined || white.name === black.name) return;
  const place: NodePlace = { node: objective, property: 'property' };
  const stiffness = contrastOf(white.youngsModulus, black.youngsModulus);
  const alike = stiffness < leastContrast && white.youngsModulus !== black.youngsModulus;
  const remedy = 'Choose phases that differ more.';
  if (property === 'thermal-expansion') {
    const { thermalExpansion: one } = white;
    const { thermalExpansion: other } = black;
    if (one === undefined || other === undefined || one === other) return;
    if (white === voidPhase || black === voidPhase) {
      reportPorousExpansion(white === voidPhase ? black : white, testOf(node), place, report);
      return;
    }
    if (one * other > 0 && contrastOf(one, other) < leastContrast) {
      report('no-contrast', `\`${white.name}\` and \`${black.name}\` expand nearly alike, and so does every arrangement of them.`, remedy, place);
    } else if (stiffness >= stiffContrast) {
      const stiff = white.youngsModulus > black.youngsModulus ? white : black;
      const soft = stiff === white ? black : white;
      const message = `\`${stiff.name}\` is ${formatNumber(stiffness, 3)} times stiffer than \`${soft.name}\`: a cell in which it is connected expands like it, by ${show(stiff.thermalExpansion!, propertyRules['thermal-expansion'])}, and only one in which it is not connected comes close to the other.`;
      report('expansion-of-stiff-phase', message, 'For an expansion in between, choose phases closer in stiffness.', place);
    }
    return;
  }
  const sameRatio = Math.abs(white.poissonRatio - black.poissonRatio) < 0.02;
  if (alike && (property === 'youngs-modulus' || sameRatio)) {
    const message = `\`${white.name}\` and \`${black.name}\` differ in \`E\` by ${formatNumber(100 * (stiffness - 1), 2)}%: no arrangement of them gains more.`;
    report('no-contrast', property === 'youngs-modulus' ? message : `\`${white.name}\` and \`${black.name}\` deform nearly alike, and so does every arrangement of them.`, remedy, place);
  }
};

/** `equal-phases`, `expansion-of-stiff-phase`: a solid with a void expands freely. */
function reportPorousExpansion(solid: IsotropicMaterial, test: ReturnType<typeof testOf>, place: NodePlace, report: Report): void {
  const own = show(solid.thermalExpansion!, propertyRules['thermal-expansion']);
  if (test === 'periodic') {
    report('equal-phases', `With a void, every periodic cell of \`${solid.name}\` expands like it, by ${own}.`, 'Choose a material for the pores, or another objective.', place);
  } else {
    const message = `With a void, \`${solid.name}\` expands freely, by ${own}: \`test ${test ?? 'heating'}\` measures less only because the mean over an edge includes its pores.`;
    report('expansion-of-stiff-phase', message, 'For an expansion in between, choose phases that both have stiffness.', place);
  }
}

function contrastOf(one: number, other: number): number {
  return Math.max(Math.abs(one), Math.abs(other)) / Math.min(Math.abs(one), Math.abs(other));
}

function checkExpansion(phase: Phase | undefined, node: Case, report: Report): void {
  const material = phase?.material?.ref;
  if (phase === undefined || material === undefined || material.entries.some((entry) => entry.key === 'expansion')) return;
  const example = 'expansion 23.6e-6 1/K';
  const reason = testOf(node) === 'heating' ? 'and the test heats it' : 'which the case asks for';
  report(
    'missing-expansion',
    `\`${material.name}\` has no \`expansion\`, ${reason}.`,
    `Add a line such as \`${example}\` to material \`${material.name}\`.`,
    { node: phase, property: 'material' },
    [{ title: `Add \`${example}\` to \`${material.name}\` (replace the value)`, entry: example, into: material }],
  );
}

function equalProperties(a: IsotropicMaterial, b: IsotropicMaterial): boolean {
  return a.youngsModulus === b.youngsModulus && a.poissonRatio === b.poissonRatio && a.thermalExpansion === b.thermalExpansion;
}

/** `property-not-tested`: compression does not heat. */
export const checkTestedProperties: Check<Case> = (node, report) => {
  const test = testOf(node);
  if (test === undefined || measures(test, 'thermal-expansion')) return;
  const users = [...allEntries(node, 'Objective'), ...allEntries(node, 'DifferenceConstraint'), ...allEntries(node, 'BoundConstraint')];
  const learned = learnReader(node).entry('properties');
  const places: NodePlace[] = [
    ...users.filter((user) => user.property === 'expansion').map((user): NodePlace => ({ node: user, property: 'property' })),
    ...(learned?.$type === 'PropertiesEntry' && learned.properties.includes('expansion') ? [{ node: learned, property: 'properties', index: learned.properties.indexOf('expansion') }] : []),
  ];
  const written = firstEntry(node, 'Test');
  const fixes = ['test heating', 'test periodic'].map((text): ProposedFix => ({
    title: `Write \`${text}\``,
    ...(written === undefined ? { entry: text, into: node } : { text, at: { node: written } }),
  }));
  for (const place of places) {
    report(
      'property-not-tested',
      `\`test ${test}\`${written !== undefined ? '' : ', the default for this objective,'} does not measure \`expansion\`.`,
      'Write `test heating` or `test periodic`.',
      place,
      fixes,
    );
  }
};

/** `direction-twice` */
export const checkDirections: Check<Objective> = (node, report) => {
  (node.directions ?? []).forEach((direction, index) => {
    if (node.directions.indexOf(direction) === index) return;
    report('direction-twice', `The objective names \`${direction}\` twice.`, 'Name each direction once: `along x, y`.', { node, property: 'directions', index });
  });
};
