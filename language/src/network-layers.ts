import type { CaseSpecification } from './specification';

export type LayerName = CaseSpecification['explain']['layers'][number];

/** The layers of each network that can be explained, the last first. */
export const layersOf = {
  compact: ['last', 'stage-1', 'stage-2'],
  resnet18: ['last', 'stage-1', 'stage-2', 'stage-3'],
} as const satisfies Readonly<Record<CaseSpecification['learning']['network'], readonly LayerName[]>>;

/** Pixels of an image along a position of the last map; each stage before has positions half as wide. */
const coarsest = { compact: 16, resnet18: 32 } as const satisfies Readonly<Record<keyof typeof layersOf, number>>;

/** Positions along an edge of a layer's map; undefined when the network has no such layer. */
export function mapEdge(network: keyof typeof layersOf, layer: LayerName, resolution: number): number | undefined {
  const depth = (layersOf[network] as readonly LayerName[]).indexOf(layer);
  return depth < 0 ? undefined : (resolution / coarsest[network]) * 2 ** depth;
}
