/* What the maps of a case are called: those of the layers of a network, and those of the exact contributions of squares. */
import { edgeOf, type ExplainMethod, type MapName } from '#domain/explanation';
import { percentText } from './numbers';

/** `layer last`, `squares of 24 pixels`. */
export function mapText(name: MapName): string {
  const edge = edgeOf(name);
  return edge === undefined ? `layer ${name}` : `squares of ${edge} pixels`;
}

/** Which of the regions of its map a region is: `layer last, threshold 60 %`, `one of the squares that contribute most`. */
export function regionText({ layer, threshold }: { readonly layer: MapName; readonly threshold?: number }): string {
  return threshold === undefined ? 'one of the squares that contribute most' : `${mapText(layer)}, threshold ${percentText(threshold, 0)}`;
}

/** What the region of a map is, behind “the region that”. */
export function regionMeaning(method: ExplainMethod): string {
  return method === 'exact' ? 'contributes most by the finite elements' : 'the network’s prediction rests on';
}
