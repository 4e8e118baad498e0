/** The layers of each network that can be explained, the last first. */
export const layersOf = {
  compact: ['last', 'stage-1', 'stage-2'],
  resnet18: ['last', 'stage-1', 'stage-2', 'stage-3'],
} as const;
