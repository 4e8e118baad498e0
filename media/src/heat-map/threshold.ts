/*
 * The threshold above which a map is critical. The text has it: it is shown as the text has it, moved here, and
 * written into the text when the slider is released.
 */
import { html, type TemplateResult } from 'lit';
import type { HeatMapView, ThresholdRegion } from '#protocol/views/network-views';
import { radios, slider } from '#media/shared/controls';
import { percentText } from '#display/numbers';
import type { HeatMapPanel } from './choice';
import { queryOf, type Place } from './place';

/** Closer ones are the same. */
const same = 5e-4;

const isSame = (one: number, other: number): boolean => Math.abs(one - other) < same;

/** The slider's value while it is held. */
let held: number | undefined;

/** What was written into the text last, shown until the view of the text as it is then comes. */
let written: { readonly value: number; readonly id: number } | undefined;

/** Which threshold of the text is looked at: the one that was chosen `among` others or, if it is gone, what has come in its place. */
export function chosenThreshold(wanted: number | undefined, among: readonly number[], thresholds: readonly number[]): number {
  if (wanted === undefined) return thresholds[0]!;
  const kept = thresholds.find((each) => isSame(each, wanted));
  if (kept !== undefined) return kept;
  const fresh = thresholds.filter((each) => !among.some((before) => isSame(before, each)));
  return (fresh.length > 0 ? fresh : thresholds).reduce((nearest, each) => (Math.abs(each - wanted) < Math.abs(nearest - wanted) ? each : nearest));
}

/** What the region is drawn for. */
export function shownThreshold(panel: HeatMapPanel, view: HeatMapView): number {
  return held ?? textThreshold(panel, view);
}

/** Of a threshold that the text has. */
export function regionAt({ regions }: HeatMapView, threshold: number): ThresholdRegion | undefined {
  return regions.find((each) => isSame(each.threshold, threshold));
}

export function thresholdBar(panel: HeatMapPanel, view: HeatMapView, place: Place): TemplateResult {
  const thresholds = thresholdsOf(view);
  const chosen = chosenOf(panel, view);
  const look = (threshold: number, among = thresholds): void => {
    panel.choose({ among });
    panel.go({ ...place, threshold });
  };
  const move = (value: number): void => {
    held = value;
    panel.redraw();
  };
  const settle = (value: number): void => {
    held = undefined;
    const query = queryOf(place);
    // Views that came since the last drawing count.
    const now = panel.latest('heatMap', query) ?? view;
    const from = textThreshold(panel, now);
    const to = Math.round(value * 100) / 100;
    look(chosenOf(panel, now), thresholdsOf(now));
    if (!isSame(from, to)) written = { value: to, id: panel.send('heatMap', query, (id) => panel.post({ type: 'setThreshold', id, query, from, to })) };
  };
  const value = shownThreshold(panel, view);
  return html`<section class="threshold" aria-labelledby="threshold-title">
    <h2 id="threshold-title">Threshold</h2>
    ${thresholds.length > 1 ? radios('of the case', thresholds.map((each) => [String(each), thresholdText(each)] as const), String(chosen), (each) => look(Number(each))) : undefined}
    ${slider({ label: 'critical above', min: 0.05, max: 0.95, step: 0.01, value, text: thresholdText(value), move, settle })}
    <small>Of the maps’ maximum. Releasing the slider writes it into the specification.</small>
  </section>`;
}

/** As the text has it now, as far as that is known. */
function textThreshold(panel: HeatMapPanel, view: HeatMapView): number {
  return written && panel.awaits(written.id) ? written.value : chosenOf(panel, view);
}

function chosenOf({ place, choice }: HeatMapPanel, view: HeatMapView): number {
  return chosenThreshold(place?.threshold, choice.among, thresholdsOf(view));
}

function thresholdsOf({ regions }: HeatMapView): readonly number[] {
  return regions.map(({ threshold }) => threshold);
}

/** Whole percents, as the slider gives them, but for a text that is finer. */
function thresholdText(share: number): string {
  return percentText(share, isSame(share, Math.round(100 * share) / 100) ? 0 : 1);
}
