/* The sections of the page in their order. A section is a function of the data that returns Markdown, or undefined. */
import { accuracies, constants } from './tables.mjs';
import { figure3, figure4and5, figure6 } from './figures.mjs';
import { controls } from './controls.mjs';
import { luck } from './luck.mjs';
import { constructions, moderate } from './arms.mjs';
import { fractions, thresholds } from './supplement.mjs';
import { optimization } from './optimization.mjs';
import { studiesSection } from './studies.mjs';
import { literature, otherMaterials } from './others.mjs';
import { recipe } from './recipe.mjs';

export const sections = [accuracies, constants, figure3, figure4and5, figure6, controls, luck, optimization, literature, constructions, fractions, otherMaterials, thresholds, studiesSection, moderate, recipe];
