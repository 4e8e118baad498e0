/* Studies: the threshold (section 6 of the Supplementary Information), the way in which maps are made. */
import { countText, notRun, numberText, pText, symbolOf, table, valueText } from '../words.mjs';

const studies = [
  ['Thresholds', 'The threshold', 'Each threshold alone, at the last layer, as in the paper. Above, a case has all thresholds and an earlier layer at once, and a cell that several of them lead to counts once.'],
  ['Maps', 'The way in which maps are made', 'The paper uses Grad-RAM at the last layer because deep layers capture what matters globally. At the last layer of a network that ends with a mean and one linear layer, HiResCAM is the same as Grad-RAM.'],
];

export function studiesSection(data) {
  return `${studies.map(([name, title, about]) => `### ${title}\n\n${about}\n\n${studyText(data.study(name))}`).join('\n\n')}`;
}

function studyText(study) {
  if (study === undefined) return notRun('studies');
  const { property } = study.objective;
  const names = study.settings.map(({ name }) => name);
  const rows = study.variants.map(({ settings, state, r2, arms }) => {
    const [own, ...others] = arms ?? [];
    const control = others.find(({ name }) => name === 'control');
    return [
      ...names.map((name) => settings[name]),
      ...(state === 'finished' ? [numberText(r2, 4), countText(own.designs), countText(own.beating), valueText(property, own.best?.objectiveValue), valueText(property, own.quartiles?.[1]), valueText(property, control?.best?.objectiveValue), control?.comparison ? `${control.comparison.superiority.toFixed(2)}, ${pText(control.comparison.pOneSided)}` : '–'] : ['refused', ...new Array(6).fill('–')]),
    ];
  });
  return `${table([...names, 'R²', 'designs', 'beat all images', `best ${symbolOf(property)}`, 'median', 'best of the control', 'better than a control design with probability'], rows)}

${study.says.join(' ')}`;
}
