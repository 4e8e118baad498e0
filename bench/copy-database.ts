/* A large database without computing it: each image of a stored one, and its test, many times. */
import { join } from 'node:path';
import { keyOfStage, openStoredCase, type Artifact, type ArtifactArray } from '#engine/api';
import { readSpecification } from '#language/read-specification';
import { openStore } from '#runner/store/store';
import { resolveCase } from '#runner/weights/pretrained-file';

/** Puts into the store of `place` what the case of `to` needs for previews, from the case of `from`. */
export function copyDatabase(place: string, from: string, to: string, copies: number): void {
  const store = openStore(join(place, '.xdesign'), ({ message }) => {
    throw new Error(message);
  });
  const keysOf = (text: string) => {
    const { specification } = readSpecification('plates.xdesign', { read: () => text, resolve: (_, target) => target });
    return openStoredCase(resolveCase(specification!.cases[0]!.case), store).keys;
  };
  const [known, wanted] = [keysOf(from), keysOf(to)];
  for (const stage of ['generate', 'solve', 'learn'] as const) {
    const artifact = store.get(keyOfStage(known, { stage }))!;
    store.put(keyOfStage(wanted, { stage }), stage === 'learn' ? artifact : repeated(artifact, copies), { stage, stageVersion: 0, description: {} });
  }
  store.close();
}

function repeated({ header, arrays }: Artifact, copies: number): Artifact {
  const repeat = (array: ArtifactArray): ArtifactArray => {
    const whole = new (array.constructor as new (length: number) => ArtifactArray)(array.length * copies);
    for (let copy = 0; copy < copies; copy++) whole.set(array as never, copy * array.length);
    return whole;
  };
  return { header, arrays: Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, repeat(array)])) };
}
