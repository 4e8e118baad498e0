/*
 * The controls of the heat map: which map is shown and how, and the threshold above which it is critical. The document
 * has the threshold: the slider starts at its value, and is written into the document when it is released.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { percentText } from '#display/numbers';
import { edgeName, edgeOf, type ExplainMethod, type MapName } from '#domain/explanation';
import type { Direction } from '#domain/objective';
import { type Option, radios, select, slider } from '#media/shared/controls';
import type { Panel } from '#media/shared/panel';
import type { HeatMapPlace } from '#protocol/panel-messages';
import type { HeatMapQuery, HeatMapView, MapRegion } from '#protocol/views/network-views';

/** Thresholds that are closer are the same. */
const same = 5e-4;

const isSame = (one: number, other: number): boolean => Math.abs(one - other) < same;

/** The slider's value while it is dragged. */
let dragged: number | undefined;

/** The value that was last written into the document; it is shown until the view of the changed document arrives. */
let written: { readonly value: number; readonly id: number } | undefined;

/** The threshold of the document that is shown, undefined where maps have none: the one that was chosen `among` others or, if it is gone, its replacement. */
export function chosenThreshold(wanted: number | undefined, among: readonly number[], thresholds: readonly number[]): number | undefined {
  if (wanted === undefined || thresholds.length === 0) return thresholds[0];
  const kept = thresholds.find((each) => isSame(each, wanted));
  if (kept !== undefined) return kept;
  const fresh = thresholds.filter((each) => !among.some((before) => isSame(before, each)));
  return (fresh.length > 0 ? fresh : thresholds).reduce((nearest, each) => (Math.abs(each - wanted) < Math.abs(nearest - wanted) ? each : nearest));
}

/** The threshold whose region is shown. */
export function shownThreshold(panel: HeatMapPanel, view: HeatMapView): number | undefined {
  return dragged ?? textThreshold(panel, view);
}

/** The region at a threshold of the document, or the square that contributes most. */
export function regionAt({ regions }: HeatMapView, threshold: number | undefined): MapRegion | undefined {
  return regions.find((each) => (each.threshold === undefined || threshold === undefined ? each.threshold === threshold : isSame(each.threshold, threshold)));
}

export function thresholdBar(panel: HeatMapPanel, view: HeatMapView, place: Place): TemplateResult | typeof nothing {
  const thresholds = thresholdsOf(view);
  const chosen = chosenOf(panel, view);
  const value = shownThreshold(panel, view);
  if (chosen === undefined || value === undefined) return nothing;
  const look = (threshold: number | undefined, among = thresholds): void => {
    panel.setViewOptions({ among });
    panel.go({ ...place, ...(threshold !== undefined && { threshold }) });
  };
  const move = (value: number): void => {
    dragged = value;
    panel.redraw();
  };
  const release = (value: number): void => {
    dragged = undefined;
    const query = queryOf(place);
    // A view that arrived after the last rendering is used.
    const now = panel.latest('heatMap', query) ?? view;
    const from = textThreshold(panel, now);
    const to = Math.round(value * 100) / 100;
    look(chosenOf(panel, now), thresholdsOf(now));
    if (from !== undefined && !isSame(from, to)) written = { value: to, id: panel.send('heatMap', query, (id) => panel.post({ type: 'setThreshold', id, query, from, to })) };
  };
  return html`<section class="threshold" aria-labelledby="threshold-title">
    <h2 id="threshold-title">Threshold</h2>
    ${thresholds.length > 1 ? radios('of the case', thresholds.map((each) => [String(each), thresholdText(each)] as const), String(chosen), (each) => look(Number(each))) : undefined}
    ${slider({ label: 'critical above', min: 0.05, max: 0.95, step: 0.01, value, text: thresholdText(value), onMove: move, onRelease: release })}
    <small>Of the maps’ maximum. Releasing the slider writes it into the specification.</small>
  </section>`;
}

/** The document's value, as far as it is known. */
function textThreshold(panel: HeatMapPanel, view: HeatMapView): number | undefined {
  return written && panel.awaits(written.id) ? written.value : chosenOf(panel, view);
}

function chosenOf({ place, viewOptions }: HeatMapPanel, view: HeatMapView): number | undefined {
  return chosenThreshold(place?.threshold, viewOptions.among, thresholdsOf(view));
}

function thresholdsOf({ regions }: HeatMapView): readonly number[] {
  return regions.flatMap(({ threshold }) => threshold ?? []);
}

/** Whole percents, as the slider gives them, except for finer values of the document. */
function thresholdText(share: number): string {
  return percentText(share, isSame(share, Math.round(100 * share) / 100) ? 0 : 1);
}

const methods: readonly Option<ExplainMethod>[] = [['grad-ram', 'Grad-RAM'], ['hires-cam', 'HiResCAM'], ['layer-cam', 'LayerCAM'], ['exact', 'exact contributions']];
const layers: readonly Option<MapName>[] = [['last', 'last'], ['stage-1', 'stage-1'], ['stage-2', 'stage-2'], ['stage-3', 'stage-3']];

export function mapBar(panel: HeatMapPanel, view: HeatMapView, place: Place): TemplateResult {
  const { shown, resolution, opacity } = panel.viewOptions;
  const maps = [...view.maps.map(({ direction }) => [direction, direction] as const), ...(view.maps.length > 1 ? [['agreement', 'both agree'] as const] : [])];
  const present = maps.some(([each]) => each === shown) ? shown : maps[0]![0];
  const method = view.hasNetwork ? (place.method ?? view.method) : 'exact';
  const byNetwork = method !== 'exact';
  // The layer of a network is no edge of squares, and the other way round.
  const look = (chosen: ExplainMethod): void => {
    const { layer, ...rest } = place;
    panel.go({ ...rest, ...(layer !== undefined && (chosen === 'exact') === !byNetwork && { layer }), method: chosen });
  };
  return html`<section class="maps" aria-labelledby="maps-title">
    <h2 id="maps-title">Map</h2>
    ${radios('of', maps, present, (chosen) => panel.setViewOptions({ shown: chosen }))}
    ${present === 'agreement' ? nothing : radios('pixels', [['smooth', 'smooth'], ['native', `native, ${view.nativeEdge} × ${view.nativeEdge}`]], resolution, (chosen) => panel.setViewOptions({ resolution: chosen }))}
    <div class="bar">
      ${byNetwork
        ? select('layer', layersOf(panel.content('training', {})?.network, place.layer ?? view.layer), place.layer ?? view.layer, (layer) => panel.go({ ...place, layer }))
        : select('squares', edgesOf(view), view.layer, (layer) => panel.go({ ...place, layer }))}
      ${view.hasNetwork ? select('method', methods, method, look) : nothing}
    </div>
    ${slider({ label: 'opacity', min: 0, max: 1, step: 0.05, value: opacity, text: percentText(opacity, 0), onMove: (chosen) => panel.setViewOptions({ opacity: chosen }) })}
  </section>`;
}

/** Eighths of the image up to a half, and the edge that is shown if it is another one. */
function edgesOf({ image, layer }: HeatMapView): readonly Option<MapName>[] {
  const edges = new Set([edgeOf(layer)!, ...[1, 2, 3, 4].map((eighths) => Math.round((eighths * image.width) / 8))]);
  return [...edges].toSorted((a, b) => a - b).map((edge) => [edgeName(edge), `${edge} px`] as const);
}

/** The ends of the network's stages, and the layer that is shown if it is another one. */
function layersOf(network: string | undefined, shown: MapName): readonly Option<MapName>[] {
  // The network of three stages has no earlier one.
  const ends = network === 'compact' ? layers.slice(0, -1) : layers;
  return ends.some(([layer]) => layer === shown) ? ends : [...ends, [shown, shown]];
}

/** The settings of the heat map panel besides image, layer and method. */
export interface HeatMapViewOptions {
  /** One direction's map, or the agreement of both. */
  readonly shown: Direction | 'agreement';
  readonly resolution: 'smooth' | 'native';
  /** Of the heat over the phases. */
  readonly opacity: number;
  /** The thresholds of the document when one was chosen. */
  readonly among: readonly number[];
}

export const initialViewOptions: HeatMapViewOptions = { shown: 'agreement', resolution: 'smooth', opacity: 0.7, among: [] };

export type HeatMapPanel = Panel<'heatMap', HeatMapViewOptions>;

export type Place = HeatMapPlace;

/** The query for a place; its view has the regions of all thresholds of the document. */
export function queryOf({ threshold: _threshold, ...query }: Place): HeatMapQuery {
  return query;
}
