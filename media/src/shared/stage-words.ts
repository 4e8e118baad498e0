/* The stages of a case in words. */
import type { StageName } from '#domain/stages';

export const stageWords: Readonly<Record<StageName, { readonly doing: string; readonly purpose: string }>> = {
  generate: { doing: 'Drawing images', purpose: 'which draws the random images' },
  solve: { doing: 'Testing images', purpose: 'which tests every image' },
  select: { doing: 'Selecting exceptional images', purpose: 'which picks the exceptional images' },
  learn: { doing: 'Training the network', purpose: 'which trains the network' },
  explain: { doing: 'Explaining exceptional images', purpose: 'which finds critical regions' },
  examine: { doing: 'Examining maps', purpose: 'which measures whether the maps are to be trusted' },
  propose: { doing: 'Proposing patches', purpose: 'which says what cells are made of' },
  construct: { doing: 'Constructing cells', purpose: 'which makes cells of patches' },
  validate: { doing: 'Testing designs', purpose: 'which tests every design' },
};
