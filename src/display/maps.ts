/* What the maps of a case are called: those of the layers of a network, and those of the exact contributions. */
import { scaleOf, type ExplainMethod, type MapName } from '#domain/explanation';

/** `layer last`, `scale 8`. */
export function mapText(name: MapName): string {
  const scale = scaleOf(name);
  return scale === undefined ? `layer ${name}` : `scale ${scale}`;
}

/** What the region of a map is, behind “the region that”. */
export function regionMeaning(method: ExplainMethod): string {
  return method === 'exact' ? 'contributes most by the finite elements' : 'the network’s prediction rests on';
}
