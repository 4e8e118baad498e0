/* Tables 2 and 3. */
import { casesOf } from './cases.mjs';
import { countText, formatCount, notRun, numberText, symbolOf, table } from '../words.mjs';

export function accuracies(data) {
  const cases = casesOf(data);
  const rows = cases.flatMap(({ number, property, r2, loss, manifest }) =>
    ['x', 'y'].flatMap((direction, d) => {
      const found = manifest.learning.quality.find((each) => each.property === property && each.direction === direction);
      return found ? [[`${number}, ${symbolOf(property)} along ${direction}`, r2[d].toFixed(4), numberText(found.r2, 4), loss[d].toFixed(4), found.mse.toFixed(5), found.r2 >= r2[d] ? 'better' : 'worse']] : [];
    }));
  const worse = rows.filter((row) => row.at(-1) === 'worse').length;
  const { holdOutCount, trainingCount } = cases[0]?.manifest.learning ?? {};
  return `The paper trains a \`resnet18\` for each property and direction on 80 % of 20 000 images and judges it on the others.

${rows.length === 0 ? notRun('cases') : `${table(['case', 'R² of the paper', 'ours', 'test loss of the paper', 'ours', 'our R² is'], rows)}

Ours is \`${cases[0].manifest.learning.network}\`, one network for both directions, ${[...new Set(cases.map(({ manifest }) => formatCount(manifest.settings.learning.epochs, 'epoch')))].join(' or ')}, ${countText(trainingCount)} images to learn from and ${countText(holdOutCount)} held out. Losses are mean squared errors of labels scaled to [0, 1]; the paper does not say how it scales, so losses compare roughly.

${worse === 0 ? 'All our networks predict better than the paper’s' : `${worse} of our ${rows.length} R² are below the paper’s`}; images, tests and meshes are our own, so this compares recipes, not networks.`}`;
}

export function constants(data) {
  const rows = casesOf(data).map(({ number, manifest: { settings: { phases, plane, test } } }) => {
    const expansionText = (alpha) => (alpha >= 1e-9 ? `${(alpha * 1e6).toFixed(1)} × 10⁻⁶/K` : `${alpha} /K`);
    const phase = ({ youngsModulus, poissonRatio, thermalExpansion }) => `${youngsModulus / 1e6} MPa, ${poissonRatio}${thermalExpansion === undefined ? '' : `, ${expansionText(thermalExpansion)}`}`;
    return [String(number), phase(phases.white), phase(phases.black), `${plane.replace('-', ' ')}, \`${test}\``];
  });
  return `${rows.length === 0 ? notRun('cases') : table(['case', 'white: E, ν, α', 'black: E, ν, α', 'our test'], rows)}

These are the paper’s constants. It does not say whether its elements are in plane stress or plane strain, or with which boundary conditions exactly it measures; [methods](methods.md) has ours.`;
}
