/*
 * Cells from the literature, drawn from their published geometry (README.md has the sources): 128 × 128 pixels, periodic,
 * a volume fraction of white between 0.39 and 0.40. Where a thickness is free, it is the one with the most pixels below 0.40.
 *
 * Run: node examples/paper/literature/draw.mjs
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';

export const edge = 128;
const most = 0.4;

/** A cell of the pixels whose distance from a skeleton is at most half a thickness; `distance` takes points of the unit square. */
function thickened(distance) {
  return cut(pixels(distance), (value, half) => value <= half);
}

/** The cell of the largest threshold whose fraction is at most 0.40, by bisection. */
function cut(values, isWhite) {
  let [lower, upper] = [0, 1];
  const cell = (threshold) => Uint8Array.from(values, (value) => Number(isWhite(value, threshold)));
  for (let step = 0; step < 50; step++) {
    const middle = (lower + upper) / 2;
    if (fractionOf(cell(middle)) <= most) lower = middle;
    else upper = middle;
  }
  return cell(lower);
}

/** Values at the middles of the pixels, row 0 at the top; x to the right and y down, from 0 to 1. */
function pixels(value) {
  return Float64Array.from({ length: edge * edge }, (_, p) => value(((p % edge) + 0.5) / edge, (Math.floor(p / edge) + 0.5) / edge));
}

export function fractionOf(cell) {
  return cell.reduce((sum, white) => sum + white, 0) / cell.length;
}

/** The distance from straight pieces and their periodic images. */
function fromPieces(pieces) {
  return (x, y) => Math.min(...pieces.flatMap((piece) => shifts.map(([dx, dy]) => fromPiece(piece, x + dx, y + dy))));
}

const shifts = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy]));

function fromPiece([x0, y0, x1, y1], x, y) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x0 + along * dx - x, y0 + along * dy - y);
}

/** The distance from the periodic images of a point. */
function fromPoint(px, py, x, y) {
  return Math.min(...shifts.map(([dx, dy]) => Math.hypot(x + dx - px, y + dy - py)));
}

/** Walls of 28 and 29 pixels, the two whole numbers that give a fraction in the range: along the edges of the cell, and at ±45°. */
const [thin, thick] = [28, 29];
const squareFrame = () => cells((row, column) => row < thin || column < thick);
const diamondFrame = () => cells((row, column) => (row + column) % edge < thin || (row - column + edge) % edge < thick);

/** A cell by a rule for whole rows and columns. */
function cells(isWhite) {
  return Uint8Array.from({ length: edge * edge }, (_, p) => Number(isWhite(Math.floor(p / edge), p % edge)));
}

/** An upright cross whose arms end before those of the neighbors. */
const cross = () => {
  const reach = 0.44;
  return cut(pixels((x, y) => {
    const [u, v] = [Math.abs(x - 0.5), Math.abs(y - 0.5)];
    return Math.min(u <= reach ? v : 1, v <= reach ? u : 1);
  }), (value, half) => value <= half);
};

/** Bow ties: ribs in two rows, shifted by half a period, and oblique walls folded inward by 30° from the horizontal. */
const reentrant = () => {
  const inward = 0.25 * Math.tan((30 * Math.PI) / 180);
  const rib = 0.25 + inward;
  const walls = [];
  for (const [cx, cy] of [[0.25, 0.25], [0.75, 0.75]]) {
    // A vertical rib, and at each of its ends two walls toward the ribs of the neighboring row.
    walls.push([cx, cy - rib, cx, cy + rib]);
    for (const side of [-1, 1]) {
      walls.push([cx, cy - rib, cx + 0.5 * side, cy - rib + 2 * inward]);
      walls.push([cx, cy + rib, cx + 0.5 * side, cy + rib - 2 * inward]);
    }
  }
  return thickened(fromPieces(walls));
};

const nodeRadius = 0.13;

/** Four round nodes per cell with ligaments tangent to them: all nodes turn alike (`chiral`), or neighbors oppositely. */
function chiral(alternates) {
  const nodes = [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]];
  const [radius, pitch] = [nodeRadius, 0.5];
  const ligaments = nodes.flatMap(([x, y], index) => {
    const sign = alternates && (index === 1 || index === 2) ? -1 : 1;
    if (alternates) return [[x, y - sign * radius, x + pitch, y - sign * radius], [x + sign * radius, y, x + sign * radius, y + pitch]];
    // Tangent to both circles on opposite sides: the line through the middle between the nodes.
    const tilt = Math.asin((2 * radius) / pitch);
    const [along, across] = [radius * Math.sin(tilt), radius * Math.cos(tilt)];
    return [[x + along, y - across, x + pitch - along, y + across], [x + across, y + along, x - across, y + pitch - along]];
  });
  const toLigaments = fromPieces(ligaments);
  return thickened((x, y) => Math.min(toLigaments(x, y), ...nodes.map(([px, py]) => Math.abs(fromPoint(px, py, x, y) - radius))));
}

/** One island |x|ⁿ + |y|ⁿ ≤ rⁿ in the middle of the cell; n = ∞ is a square. */
const island = (exponent) => () => cut(pixels((x, y) => {
  const [u, v] = [Math.abs(x - 0.5), Math.abs(y - 0.5)];
  return exponent === Infinity ? Math.max(u, v) : (u ** exponent + v ** exponent) ** (1 / exponent);
}), (value, radius) => value <= radius);

/** A laminate of laminates: a wall of 31 columns, and 26 rows of one pixel across it, spread evenly. */
const twoScales = () => {
  const [wall, rows] = [31, 26];
  return cells((row, column) => column < wall || Math.floor(((row + 1) * rows) / edge) > Math.floor((row * rows) / edge));
};

/** The same at ±45°: one band of 0.27 along +45°, and six stripes of about 0.16 of their spacing along −45°. */
const twoScalesDiagonal = () => {
  const [band, stripes] = [0.27, 6];
  const periodic = (value) => ((value % 1) + 1) % 1;
  return cut(pixels((x, y) => (periodic(x + y) < band ? 0 : periodic(stripes * (x - y)))), (value, width) => value <= width);
};

/** The drawings by the names of their files. */
export const drawings = {
  'anti-tetra-chiral': () => chiral(true),
  cross,
  'diamond-frame': diamondFrame,
  'island-circle': island(2),
  'island-square': island(Infinity),
  'island-superellipse-2.5': island(2.5),
  'island-superellipse-3': island(3),
  'island-superellipse-4': island(4),
  'island-superellipse-6': island(6),
  're-entrant-honeycomb': reentrant,
  'square-frame': squareFrame,
  'tetra-chiral': () => chiral(false),
  'two-scale-diagonal': twoScalesDiagonal,
  'two-scale-rank-2': twoScales,
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, draw] of Object.entries(drawings)) {
    const cell = draw();
    const png = new PNG({ width: edge, height: edge });
    cell.forEach((white, p) => png.data.set([255 * white, 255 * white, 255 * white, 255], 4 * p));
    writeFileSync(fileURLToPath(new URL(`${name}.png`, import.meta.url)), PNG.sync.write(png, { colorType: 0 }));
    console.log(`${name}.png: fraction ${fractionOf(cell).toFixed(4)}`);
  }
}
