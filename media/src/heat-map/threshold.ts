/* The threshold above which a map is critical: moved here, written into the specification when it is let go. */
import { html, type TemplateResult } from 'lit';
import type { HeatMapQuery, HeatMapView } from '#protocol/views/heat-map-view';
import { radios, slider } from '#media/shared/controls';
import { percentText } from '#protocol/numbers';
import type { HeatMapPanel } from './choice';

/** The thresholds as the text has them: those of the view, but for what was written since. */
function thresholdsOf({ choice }: HeatMapPanel, { thresholds }: HeatMapView): readonly number[] {
  const { written } = choice;
  return written && written.of.join() === thresholds.join() ? written.now : thresholds;
}

/** What the region is drawn for: the slider's value while it is moved. */
export function shownThreshold(panel: HeatMapPanel, view: HeatMapView): number {
  const thresholds = thresholdsOf(panel, view);
  return panel.choice.moving ?? thresholds[Math.min(panel.choice.index, thresholds.length - 1)] ?? view.threshold;
}

/** Whether the view's region and patch are those of the threshold. */
export function isExact(view: HeatMapView, threshold: number): boolean {
  return Math.abs(view.threshold - threshold) < 5e-4;
}

/** A place that names one of the thresholds, as links from designs do, chooses it. */
export function followThreshold(panel: HeatMapPanel, view: HeatMapView): void {
  const wanted = panel.place?.threshold;
  if (wanted === undefined || panel.choice.moving !== undefined) return;
  const index = thresholdsOf(panel, view).findIndex((each) => Math.abs(each - wanted) < 5e-4);
  if (index >= 0 && index !== panel.choice.index) panel.choose({ index });
}

export function thresholdBar(panel: HeatMapPanel, view: HeatMapView, place: HeatMapQuery): TemplateResult {
  const thresholds = thresholdsOf(panel, view);
  const index = Math.min(panel.choice.index, thresholds.length - 1);
  const value = shownThreshold(panel, view);
  const settle = (moved: number): void => {
    const to = Math.round(moved * 100) / 100;
    // What was written since the last drawing counts.
    const written = thresholdsOf(panel, view);
    const from = written[index]!;
    const { moving: _moving, ...rest } = panel.choice;
    panel.replaceChoice({ ...rest, written: { of: view.thresholds, now: written.with(index, to) } });
    panel.go({ ...place, threshold: to });
    if (to !== from) panel.post({ type: 'setThreshold', from, to });
  };
  return html`<section class="threshold" aria-labelledby="threshold-title">
    <h2 id="threshold-title">Threshold</h2>
    ${thresholds.length > 1
      ? radios('of the case', thresholds.map((each, i) => [String(i), percentText(each, 0)] as const), String(index), (chosen) => {
          panel.choose({ index: Number(chosen) });
          panel.go({ ...place, threshold: thresholds[Number(chosen)]! });
        })
      : undefined}
    ${slider({ label: 'critical above', min: 0.05, max: 0.95, step: 0.01, value, text: `${percentText(value, 0)}`, move: (moving) => panel.choose({ moving }), settle })}
    <small>Of the maps’ maximum. Letting go writes it into the specification.</small>
  </section>`;
}
