/* The conditions of the numbers: materials, test, plane assumption, limits. */
import { isPeriodic } from '#domain/image-files';
import type { IsotropicMaterial, PhasePair } from '#domain/materials';
import type { VirtualTestKind } from '#domain/virtual-tests';
import type { CaseResult, PhysicalLimit } from '#engine/api';
import { displayOf, propertyText, testName } from '#display/properties';
import { percentText } from '#display/numbers';
import { widestLimit } from '#display/limits';
import { html, type Markup } from '../page/html';

const tests: Readonly<Record<VirtualTestKind, string>> = {
  compression:
    'Compression: for a load along x the left edge is fixed in x, the right edge moves inwards, the bottom edge is fixed in y, and the top edge is free; along y the transpose. Young’s modulus from the strain energy, Poisson’s ratio from the mean displacement of the free edge.',
  heating:
    'Heating: uniform warming with the left edge fixed in x and the bottom edge in y, the right and top edges free; thermal expansion from their mean displacement.',
  periodic:
    'Periodic: the cell repeats in both directions and is strained in three ways; all properties from the effective stiffness.',
};

export function conditionsSection(result: CaseResult, id: string): Markup {
  const { problem, limits, database } = result;
  const { fraction } = problem.construct;
  const { lower, upper } = problem.database.fraction;
  return html`<section aria-labelledby="${id}-conditions-title">
<h3 id="${id}-conditions-title">Conditions</h3>
<ul>
<li>${tests[problem.test]}</li>
<li>${problem.plane === 'plane-stress' ? 'Plane stress: a thin sheet, free to change its thickness.' : 'Plane strain: a thick body that keeps its thickness.'} Linear elasticity, one bilinear four-node element per pixel, ${database.images.resolution} × ${database.images.resolution}.</li>
<li>Designs have ${percentText(fraction.lower)} to ${percentText(fraction.upper)} white, database images ${percentText(lower)} to ${percentText(upper)}; both were measured by the same test.${isPeriodic(problem.database) ? undefined : ' The database images are not periodic: they end at their edges, whereas designs repeat in both directions.'}</li>
</ul>
<div class="scroll"><table>
<caption>Materials</caption>
<thead><tr><th scope="col">phase</th><th scope="col">material</th><th scope="col">Young’s modulus</th><th scope="col">Poisson’s ratio</th><th scope="col">thermal expansion</th></tr></thead>
<tbody>${materialRow('white', problem.phases.white, problem.phases)}${materialRow('black', problem.phases.black, problem.phases)}</tbody>
</table></div>
${limits.length === 0 ? html`<p>No physical limit is known for this objective.</p>` : limitTable(result)}
</section>`;
}

function materialRow(phase: string, { name, youngsModulus, poissonRatio, thermalExpansion }: IsotropicMaterial, { white, black }: PhasePair): Markup {
  const young = displayOf('youngs-modulus', [white.youngsModulus, black.youngsModulus]);
  const expansion = displayOf('thermal-expansion', [white.thermalExpansion ?? 0, black.thermalExpansion ?? 0]);
  return html`<tr><th scope="row">${phase}</th><td>${name}</td><td>${propertyText('youngs-modulus', youngsModulus, young)}</td><td>${propertyText('poisson-ratio', poissonRatio)}</td><td>${thermalExpansion === undefined ? '–' : propertyText('thermal-expansion', thermalExpansion, expansion)}</td></tr>`;
}

function limitTable(result: CaseResult): Markup {
  return html`<div class="scroll"><table>
<caption>Physical limits; “of limit” refers to the first</caption>
<thead><tr><th scope="col">limit</th><th scope="col">holds for</th><th scope="col">at most favorable fraction</th><th scope="col" class="text">condition</th></tr></thead>
<tbody>${result.limits.map((limit) => limitRow(result, limit))}</tbody>
</table></div>`;
}

function limitRow({ problem }: CaseResult, limit: PhysicalLimit): Markup {
  const widest = widestLimit(limit, problem.objective, problem.construct.fraction);
  const value = widest ? `${propertyText(problem.objective.property, widest.value)} at ${percentText(widest.volumeFraction)} white` : '–';
  return html`<tr><th scope="row">${limit.name}</th><td>${testName(limit.test)}</td><td>${value}</td><td class="text">${limit.condition}</td></tr>`;
}
