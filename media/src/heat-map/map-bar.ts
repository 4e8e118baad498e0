/* Which map is shown, and how. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ExplainMethod } from '#domain/explanation';
import type { LayerName } from '#domain/networks';
import type { HeatMapView } from '#protocol/views/network-views';
import { radios, select, slider, type Option } from '#media/shared/controls';
import { percentText } from '#display/numbers';
import type { HeatMapPanel } from './choice';
import type { Place } from './place';

const methods: readonly Option<ExplainMethod>[] = [['grad-ram', 'Grad-RAM'], ['hires-cam', 'HiResCAM'], ['layer-cam', 'LayerCAM']];
const layers: readonly Option<LayerName>[] = [['last', 'last'], ['stage-1', 'stage-1'], ['stage-2', 'stage-2'], ['stage-3', 'stage-3']];

export function mapBar(panel: HeatMapPanel, view: HeatMapView, place: Place): TemplateResult {
  const { shown, resolution, opacity } = panel.choice;
  const maps = [...view.maps.map(({ direction }) => [direction, direction] as const), ...(view.maps.length > 1 ? [['agreement', 'both agree'] as const] : [])];
  const present = maps.some(([each]) => each === shown) ? shown : maps[0]![0];
  const layer = place.layer ?? view.layer;
  return html`<section class="maps" aria-labelledby="maps-title">
    <h2 id="maps-title">Map</h2>
    ${radios('of', maps, present, (chosen) => panel.choose({ shown: chosen }))}
    ${present === 'agreement' ? nothing : radios('pixels', [['smooth', 'smooth'], ['native', `native, ${view.nativeEdge} × ${view.nativeEdge}`]], resolution, (chosen) => panel.choose({ resolution: chosen }))}
    <div class="bar">
      ${select('layer', layersOf(panel.content('training', {})?.network, layer), layer, (chosen) => panel.go({ ...place, layer: chosen }))}
      ${select('method', methods, place.method ?? view.method, (method) => panel.go({ ...place, method }))}
    </div>
    ${slider({ label: 'opacity', min: 0, max: 1, step: 0.05, value: opacity, text: percentText(opacity, 0), move: (chosen) => panel.choose({ opacity: chosen }) })}
  </section>`;
}

/** The ends of the network's stages, and the layer that is shown if it is another one. */
function layersOf(network: string | undefined, shown: LayerName): readonly Option<LayerName>[] {
  // The network of three stages has no earlier one.
  const ends = network === 'compact' ? layers.slice(0, -1) : layers;
  return ends.some(([layer]) => layer === shown) ? ends : [...ends, [shown, shown]];
}
