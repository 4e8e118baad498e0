/* Trainings that start from weights: of a file that an earlier run wrote, of another case; files that do not fit; and networks of several properties. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { placeText } from '#domain/stages';
import { decodeSafetensors, encodeSafetensors } from '#runner/weights/safetensors';
import { buildCommand, type Command } from './command';
import { finishedWorkplace } from './finished-run';
import { readRunJson } from './run-json';
import { createWorkplace, leastCase, resultBytes, smallCase, stagesOf, storedValues, type Workplace } from './workplace';

let command: Command;
beforeAll(async () => {
  command = await buildCommand();
});

afterAll(() => command.remove());

/** A workplace where an ordinary run has ended. */
async function finished(): Promise<Workplace> {
  const place = await finishedWorkplace(command);
  onTestFinished(place.remove);
  return place;
}

const results = (place: Workplace, name = 'Stiffness'): string => join(place.runFolder, 'results', name);
const readJson = (path: string): Record<string, unknown> => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const reusedBy = (place: Workplace): Record<string, string> => Object.fromEntries(stagesOf(place.runFolder).map(({ reused, ...each }) => [placeText(each), reused]));

const starting = (start: string): string => smallCase({ ...leastCase, learn: `compact { epochs 1  batch 16  rate 0.003  ${start} }` });

describe('a finished run leaves its network', () => {
  test('with a card, its curve and its parity data', async () => {
    const place = await finished();
    const bytes = readFileSync(join(results(place), 'network.safetensors'));
    const tensors = decodeSafetensors(bytes, 'network');
    expect(tensors.ok && tensors.value.find(({ name }) => name === 'layer1.0.conv1.weight')?.shape).toEqual([32, 32, 3, 3]);

    const card = readJson(join(results(place), 'network.json'));
    expect(card).toMatchObject({
      case: 'Stiffness',
      architecture: { kind: 'compact' },
      networks: [{ file: 'network.safetensors', directions: [{ direction: 'x' }, { direction: 'y', view: 'anti-transposed' }], outputs: [{ property: 'youngs-modulus' }], epochs: 2 }],
      quality: [{ direction: 'x' }, { direction: 'y' }],
      training: { epochs: 2, validation: 0.05 },
      start: { kind: 'random' },
      backend: 'wasm',
      key: stagesOf(place.runFolder).find(({ stage }) => stage === 'learn')!.key,
    });
    const rows = (name: string): number => readFileSync(join(results(place), name), 'utf8').trimEnd().split('\r\n').length;
    expect([rows('training.csv'), rows('parity.csv')]).toEqual([1 + 2, 1 + 2 * 13]);
    expect(readJson(join(results(place), 'manifest.json'))).toMatchObject({ learning: { files: { card: 'network.json', curve: 'training.csv', parity: 'parity.csv' } } });
  });

  test('from which another training starts, whose key is that of the content', async () => {
    const place = await finished();
    writeFileSync(join(place.folder, 'start.safetensors'), readFileSync(join(results(place), 'network.safetensors')));
    const learn = async (file: string): Promise<string> => {
      place.write(starting(`weights "${file}"`));
      const run = await command.run('run', place.file, '--until', 'learn');
      expect(run).toMatchObject({ code: 0 });
      expect(run.errors).toMatch(/^ {2}solve +finished, from the store$/m);
      return /^ {2}learn +(finished, .*)$/m.exec(run.errors)![1]!;
    };
    expect(await learn('start.safetensors')).toMatch(/^finished, \d/);
    // Another name of the same content changes nothing; other content does.
    renameSync(join(place.folder, 'start.safetensors'), join(place.folder, 'same.safetensors'));
    expect(await learn('same.safetensors')).toBe('finished, from the store');
    const bytes = readFileSync(join(place.folder, 'same.safetensors'));
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(join(place.folder, 'same.safetensors'), bytes);
    expect(await learn('same.safetensors')).toMatch(/^finished, \d/);
  });
});

describe('weights that cannot be used end the run before it computes, with their place, and nothing is lost', () => {
  const finite = (value: number) => [{ name: 'conv1.weight', shape: [32, 16, 3, 3], values: new Float32Array(32 * 16 * 9).fill(value) }];

  test.each([
    ['are not there', undefined, /weights-unreadable "start\.safetensors" cannot be read as weights: the file does not exist\. Give its path/],
    ['are damaged', new TextEncoder().encode('not at all'), /weights-unreadable "start\.safetensors" cannot be read as weights: it is not a safetensors file: its first 8 bytes are not the length of a header\. Name a safetensors file/],
    ['are of another network', encodeSafetensors(finite(1), {}), /weights-mismatch The weights do not fit compact: bn1\.weight is missing; .*; and \d+ more\. Choose a file/],
  ])('as they %s', async (_, bytes, message) => {
    const place = await finished();
    const before = { results: resultBytes(place.runFolder), values: storedValues(place.runFolder) };
    if (bytes) writeFileSync(join(place.folder, 'start.safetensors'), bytes);
    place.write(starting('weights "start.safetensors"'));
    const { code, errors } = await command.run('run', place.file);
    expect(code).toBe(1);
    expect(errors).toMatch(/^\S*small\.xdesign:14:\d+ error weights-/m);
    expect(errors).toMatch(message);
    const checked = await command.run('check', place.file);
    expect(checked).toMatchObject({ code: 1, lines: errors.trimEnd().split('\n') });
    expect({ results: resultBytes(place.runFolder), values: storedValues(place.runFolder) }).toStrictEqual(before);
  });

  test('as they make the training diverge: that is a finding, and no network', async () => {
    const place = await finished();
    const tensors = decodeSafetensors(readFileSync(join(results(place), 'network.safetensors')), 'network');
    if (!tensors.ok) throw new Error(tensors.findings[0]!.message);
    const huge = tensors.value.flatMap((tensor) => ('values' in tensor ? [{ ...tensor, values: tensor.values.map((value) => 1e30 * value) }] : []));
    writeFileSync(join(place.folder, 'start.safetensors'), encodeSafetensors(huge, {}));
    const before = resultBytes(place.runFolder);
    place.write(starting('weights "start.safetensors"'));
    const { code, errors } = await command.run('run', place.file);
    expect(code).toBe(1);
    expect(errors).toMatch(/^error training-diverged The training of compact diverged in epoch 1: the loss is not a finite number\./m);
    expect(resultBytes(place.runFolder)).toStrictEqual(before);

    place.write(smallCase(leastCase));
    expect(await command.run('run', place.file)).toMatchObject({ code: 0 });
    expect(reusedBy(place)).toMatchObject({ learn: 'everything', 'validate explained': 'everything' });
  });
});

test('a network of two properties is judged in both, and the objective is explained; a case with the other objective has the same network', async () => {
  const learn = (properties: string): string => `compact { epochs 2  batch 16  rate 0.003  properties ${properties} }`;
  const other = `case Poisson {
    white Boron  black Aluminum  from Small
    maximize poisson along x, y
    subject to fraction in 0.39 .. 0.40
    learn ${learn('poisson, E')}
    explain gradram { outliers top 20%  threshold 0.3  layer stage-2 }
    construct mirror { patch 6  prune 2 }
}
`;
  const place = createWorkplace(`${smallCase({ ...leastCase, learn: learn('poisson') })}\n${other}`);
  onTestFinished(place.remove);
  const { code, lines, errors } = await command.run('run', place.file, '--json');
  expect(code).toBe(0);
  const [stiffness, poisson] = readRunJson(lines).cases;
  expect(stiffness!.learning).toMatchObject({ r2: { x: expect.any(Number) }, others: [{ property: 'poisson-ratio', direction: 'x' }, { property: 'poisson-ratio', direction: 'y' }] });
  expect(stiffness!.arms[0]!.designs.length).toBeGreaterThan(0);
  expect(readJson(join(results(place), 'network.json'))).toMatchObject({ networks: [{ outputs: [{ property: 'youngs-modulus' }, { property: 'poisson-ratio' }] }] });
  expect(readFileSync(join(results(place), 'report.html'), 'utf8')).toContain('ν along y');
  expect(readFileSync(join(results(place), 'parity.csv'), 'utf8')).toMatch(/^poisson-ratio,y,\d+,0\.\d+,/m);

  // One training serves both; each case is judged by its own output.
  expect(errors).toMatch(/^Case Poisson\n {2}generate +finished, from the store\n {2}solve +finished, from the store\n {2}select +finished, \d.*\n {2}learn +finished, from the store\n/m);
  const judgements = ({ learning: { r2, others } }: typeof stiffness & object): unknown => [r2, { x: others[0]!.r2, y: others[1]!.r2 }];
  expect(judgements(poisson!)).toEqual((judgements(stiffness!) as unknown[]).toReversed());
  expect(readFileSync(join(results(place, 'Poisson'), 'network.safetensors')).subarray(-1000)).toEqual(readFileSync(join(results(place, 'Stiffness'), 'network.safetensors')).subarray(-1000));
});

describe('a case that starts from another one', () => {
  const wide = (size: string): string => `case Wide {
    white Boron  black Aluminum  from Small
    maximize poisson along x, y
    subject to fraction in 0.39 .. 0.40
    learn compact { ${size}  batch 16  rate 0.003  transfer from Stiffness }
    explain gradram { outliers top 20%  threshold 0.3  layer stage-2 }
    construct mirror { patch 6  prune 2 }
}
`;

  test('takes its network from the store, or has it trained first, and ends with the same bytes', async () => {
    const stored = await finished();
    stored.write(`${smallCase(leastCase)}\n${wide('epochs 2')}`);
    const taken = await command.run('run', stored.file, '--case', 'Wide');
    expect(taken).toMatchObject({ code: 0 });
    expect(taken.errors).toMatch(/^Case Stiffness, from whose network Wide starts\n {2}generate +finished, from the store\n {2}solve +finished, from the store\n {2}learn +finished, from the store\nCase Wide\n/m);

    const alone = createWorkplace(`${smallCase(leastCase)}\n${wide('epochs 2')}`);
    onTestFinished(alone.remove);
    const trained = await command.run('run', alone.file, '--case', 'Wide');
    expect(trained).toMatchObject({ code: 0 });
    expect(trained.errors).toMatch(/^Case Stiffness, from whose network Wide starts\n {2}generate +finished, \d.*\n {2}solve +finished, \d.*\n {2}learn +finished, \d.*\nCase Wide\n/m);
    expect(existsSync(results(alone))).toBe(false);
    expect(resultBytes(alone.runFolder, 'Wide')).toStrictEqual(resultBytes(stored.runFolder, 'Wide'));
    expect(readJson(join(results(alone, 'Wide'), 'network.json'))).toMatchObject({ start: { kind: 'case', case: { name: 'Stiffness' } } });
  });

  test('learns again when what that case learns has changed', async () => {
    const place = await finished();
    place.write(`${smallCase(leastCase)}\n${wide('epochs 1')}`);
    const learn = async (): Promise<string> => {
      const run = await command.run('run', place.file, '--case', 'Wide', '--until', 'learn');
      expect(run).toMatchObject({ code: 0 });
      return /Case Wide\n[^]*^ {2}learn +(finished, .*)$/m.exec(run.errors)![1]!;
    };
    expect(await learn()).toMatch(/^finished, \d/);
    expect(await learn()).toBe('finished, from the store');
    place.write(`${smallCase({ ...leastCase, learn: 'compact { epochs 1  batch 16 }' })}\n${wide('epochs 1')}`);
    expect(await learn()).toMatch(/^finished, \d/);
  });
});
