/* The colors of a heat map with what they mean. */
import { html, type TemplateResult } from 'lit';
import { heatHex } from '#display/colors';
import { paint } from './paint';

/** A bar from dark to bright with the texts of its ends. */
export function heatLegend(label: string, low: string, high: string): TemplateResult {
  return html`<div class="heat-legend" role="img" aria-label=${`${label}: from ${low}, dark, to ${high}, bright`}>
    <span>${low}</span><canvas ${paint(drawBar, [])}></canvas><span>${high}</span><span class="label">${label}</span>
  </div>`;
}

function drawBar(canvas: HTMLCanvasElement): void {
  canvas.width = 128;
  canvas.height = 1;
  const context = canvas.getContext('2d')!;
  for (let x = 0; x < canvas.width; x++) {
    context.fillStyle = heatHex(x / (canvas.width - 1));
    context.fillRect(x, 0, 1, 1);
  }
}
