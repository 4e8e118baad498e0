import type { Case, Objective, Phase } from '#language/generated/ast';
import { allEntries, firstEntry, needsExpansion, objectiveProperty, phaseOf, readMaterial, testOf } from '../read-case';
import type { MaterialSpecification } from '../specification';
import type { Check, Place, Report } from './check';

/** `equal-phases`, `missing-expansion`, `white-is-softer` */
export const checkPhases: Check<Case> = (node, report) => {
  const [whitePhase, blackPhase] = [phaseOf(node, 'white'), phaseOf(node, 'black')];
  const [white, black] = [readMaterial(whitePhase?.material?.ref), readMaterial(blackPhase?.material?.ref)];
  if (needsExpansion(node)) {
    for (const phase of [whitePhase, blackPhase]) checkExpansion(phase, node, report);
  }
  if (white === undefined || black === undefined || blackPhase === undefined) return;

  const place = { node: blackPhase, property: 'material' };
  if (white.name === black.name) {
    report('equal-phases', `White and black are both \`${white.name}\`: every image is the same solid.`, 'Give black another material.', place);
  } else if (equalProperties(white, black)) {
    const message = `\`${white.name}\` and \`${black.name}\` have the same properties: every image is the same solid.`;
    report('equal-phases', message, 'Give black another material.', place);
  } else if (objectiveProperty(node) === 'thermal-expansion' && white.thermalExpansion !== undefined && white.thermalExpansion === black.thermalExpansion) {
    const message = `\`${white.name}\` and \`${black.name}\` expand alike, and so does every arrangement of them.`;
    report('equal-phases', message, 'Give the phases different `expansion`.', place);
  }

  const objective = firstEntry(node, 'Objective');
  if (objective?.sense === 'maximize' && objective.property === 'E' && white.youngsModulus < black.youngsModulus) {
    const message = `White is the phase that the designs are drawn in, and \`${white.name}\` is softer than \`${black.name}\`.`;
    report('white-is-softer', message, `Did you mean \`white ${black.name} black ${white.name}\`?`, whitePhase === undefined ? place : { node: whitePhase, property: 'material' });
  }
};

function checkExpansion(phase: Phase | undefined, node: Case, report: Report): void {
  const material = phase?.material?.ref;
  if (phase === undefined || material === undefined || material.entries.some((entry) => entry.key === 'expansion')) return;
  const reason = testOf(node) === 'heating' ? 'and the test heats it' : 'which the case asks for';
  report(
    'missing-expansion',
    `\`${material.name}\` has no \`expansion\`, ${reason}.`,
    `Add a line such as \`expansion 23.6e-6 1/K\` to material \`${material.name}\`.`,
    { node: phase, property: 'material' },
  );
}

function equalProperties(a: MaterialSpecification, b: MaterialSpecification): boolean {
  return a.youngsModulus === b.youngsModulus && a.poissonRatio === b.poissonRatio && a.thermalExpansion === b.thermalExpansion;
}

/** `property-not-tested`: compression does not heat. */
export const checkTestedProperties: Check<Case> = (node, report) => {
  if (testOf(node) !== 'compression') return;
  const users = [...allEntries(node, 'Objective'), ...allEntries(node, 'DifferenceConstraint'), ...allEntries(node, 'BoundConstraint')];
  for (const user of users) {
    if (user.property !== 'expansion') continue;
    const place: Place = { node: user, property: 'property' };
    const written = firstEntry(node, 'Test') !== undefined;
    report(
      'property-not-tested',
      `\`test compression\`${written ? '' : ', the default for this objective,'} does not measure \`expansion\`.`,
      'Write `test heating` or `test periodic`.',
      place,
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
