/* A cell with displaced nodes. */
import { heatHex } from '#display/colors';
import type { Pixels } from '#media/shared/pixels';

/** Pixels of the canvas's edge. */
const size = 768;

/** Room around the undeformed cell, share of the canvas. */
const margin = 0.13;

/** Positions of the (n + 1)² nodes in edges of the cell, y downward from the top left, x before y. */
export function displacedNodes(edge: number, displacement: Float32Array, largest: number): Float32Array {
  const most = displacement.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const factor = most > 0 ? largest / most : 0;
  const nodes = new Float32Array(displacement.length);
  for (let row = 0, at = 0; row <= edge; row++) {
    for (let column = 0; column <= edge; column++, at += 2) {
      nodes[at] = column / edge + factor * displacement[at]!;
      nodes[at + 1] = 1 - row / edge - factor * displacement[at + 1]!;
    }
  }
  return nodes;
}

/**
 * Draws each pixel as the quadrilateral of its displaced nodes, in its phase's color or by `heat` in [0, 1]; the
 * undeformed cell is framed. `displacement` is that of `LoadCaseView`; its largest component is drawn as `largest`
 * edges of the cell.
 */
export function drawDeformed(
  canvas: HTMLCanvasElement, { width: edge, data }: Pixels, displacement: Float32Array, largest: number, heat: ((p: number) => number) | undefined,
): void {
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d')!;
  const nodes = displacedNodes(edge, displacement, largest);
  const at = (share: number): number => size * (margin + (1 - 2 * margin) * share);
  context.lineWidth = 0.7;
  for (let p = 0; p < edge * edge; p++) {
    const lower = edge - 1 - Math.floor(p / edge);
    const left = 2 * (lower * (edge + 1) + (p % edge));
    const above = left + 2 * (edge + 1);
    context.fillStyle = heat ? heatHex(heat(p)) : data[p] === 1 ? '#ffffff' : '#000000';
    // Without an outline of its own color a pixel lets the ground shine through beside its neighbors.
    context.strokeStyle = context.fillStyle;
    context.beginPath();
    for (const node of [left, left + 2, above + 2, above]) context.lineTo(at(nodes[node]!), at(nodes[node + 1]!));
    context.closePath();
    context.fill();
    context.stroke();
  }
  context.setLineDash([8, 6]);
  context.lineWidth = 1.5;
  context.strokeStyle = '#8a8f98';
  context.strokeRect(at(0), at(0), at(1) - at(0), at(1) - at(0));
}
