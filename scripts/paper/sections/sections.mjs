/*
 * The sections of the page in their order: the heading, the part whose runs it is made of (none for arithmetic alone), and the
 * function of the data that returns the text below the heading, or undefined where there is nothing to say.
 */
import { accuracies, constants } from './tables.mjs';
import { figure3, figure4and5, figure6 } from './figures.mjs';
import { controls } from './controls.mjs';
import { exactLuck, networkLuck } from './luck.mjs';
import { constructions, moderate } from './arms.mjs';
import { fractions, thresholds } from './supplement.mjs';
import { optimization } from './optimization.mjs';
import { studiesSection } from './studies.mjs';
import { literature, otherMaterials } from './others.mjs';
import { recipe } from './recipe.mjs';

export const sections = [
  { title: 'Table 2: accuracy of the networks', part: 'cases', write: accuracies },
  { title: 'Table 3: materials', part: 'cases', write: constants },
  { title: 'Figure 3: heat maps', part: 'cases', write: figure3 },
  { title: 'Figures 4 and 5: from image to design', part: 'cases', write: figure4and5 },
  { title: 'Figure 6: designs among all images', part: 'cases', write: figure6 },
  { title: 'What the paper does not show: controls and limits', part: 'cases', write: controls },
  { title: 'Explanation against chance over seeds: the finite elements', part: 'luck', write: exactLuck },
  { title: 'Explanation against chance over seeds: networks', part: 'luck-of-networks', write: networkLuck },
  { title: 'Figures S1 and S2: topology optimization', part: 'optimization', write: optimization },
  { title: 'Designs from the literature', part: 'comparisons', write: literature },
  { title: 'Figures S5 and S6: mirrored or redrawn', part: 'comparisons', write: constructions },
  { title: 'Figure S7: volume fraction', part: 'cases', write: fractions },
  { title: 'Section 5 of the Supplementary Information: other materials, fewer images', part: 'other-materials', write: otherMaterials },
  { title: 'Section 6 of the Supplementary Information: the threshold of the map', part: 'cases', write: thresholds },
  { title: 'Studies of case 1', part: 'studies', write: studiesSection },
  { title: 'Figure S11 and section 7 of the Supplementary Information: moderate images', part: 'comparisons', write: moderate },
  { title: 'The paper’s own recipe', write: recipe },
];
