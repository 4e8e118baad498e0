/* The file format: a file that PyTorch wrote, our own, and damage. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NamedTensor, UnreadTensor } from '#engine/api';
import { decodeSafetensors, encodeSafetensors } from '#runner/weights/safetensors';

const golden = (name: string): URL => new URL(`../../golden/learning/${name}`, import.meta.url);

function decoded(bytes: Uint8Array): readonly (NamedTensor | UnreadTensor)[] {
  const tensors = decodeSafetensors(bytes, '"it"');
  if (!tensors.ok) throw new Error(tensors.findings[0]!.message);
  return tensors.value;
}

function messageOf(bytes: Uint8Array): string {
  const tensors = decodeSafetensors(bytes, '"it"');
  return tensors.ok ? 'fine' : `${tensors.findings[0]!.code} ${tensors.findings[0]!.message}`;
}

/** A file with this header and so many bytes of numbers. */
function fileOf(header: string, length: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

test('a file of PyTorch, with every type of floating-point numbers', () => {
  const { arrays } = JSON.parse(readFileSync(golden('safetensors-reference.json'), 'utf8'));
  const tensors = new Map(decoded(readFileSync(golden('torch-arrays.safetensors'))).map((tensor) => [tensor.name, tensor]));
  expect([...tensors.keys()]).toEqual(['double', 'single', 'half', 'brain', 'special', 'bn1.num_batches_tracked']);
  // Of whole numbers only the type is read.
  expect(tensors.get('bn1.num_batches_tracked')).toEqual({ name: 'bn1.num_batches_tracked', shape: [1], type: 'I64' });
  for (const [name, values] of Object.entries(arrays)) expect(tensors.get(name)).toEqual({ name, shape: [2, 3], values: Float32Array.from(values as number[]) });
  expect((tensors.get('special') as NamedTensor).values).toEqual(Float32Array.of(Infinity, -Infinity, NaN));
});

test('what is written is read, and numbers begin at a multiple of eight', () => {
  const tensors = [
    { name: 'a', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
    { name: 'größe', shape: [], values: Float32Array.of(Math.PI) },
    { name: 'empty', shape: [0], values: new Float32Array(0) },
  ];
  const bytes = encodeSafetensors(tensors, { format: 'pt' });
  expect(decoded(bytes)).toEqual(tensors);
  expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
});

describe('damage is a finding', () => {
  const entry = (shape: string, offsets: string, dtype = 'F32'): string => `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;
  test.each([
    ['nothing', new Uint8Array(0), 'it is not a safetensors file: it is shorter than the 8 bytes that give the length of the header'],
    ['a zip of torch.save', new TextEncoder().encode('PK\u0003\u0004archive/data.pkl and so on'), 'it is not a safetensors file: its first 8 bytes are not the length of a header'],
    ['a list', fileOf('[1]', 0), 'it is not a safetensors file: its header does not begin with {'],
    ['a cut header', fileOf('{"a":1}', 0).subarray(0, 12), 'its header is cut off: it has 7 bytes, and the file ends after 4 of them'],
    ['a broken header', fileOf('{"a":', 0), 'its header is damaged: it is not JSON in UTF-8'],
    ['a strange entry', fileOf(`{"a":${entry('[-1]', '[0,4]')}}`, 4), 'the entry of a in its header is damaged'],
    ['strange metadata', fileOf('{"__metadata__":{"epochs":5}}', 0), 'its __metadata__ is not a list of texts'],
    ['a name twice', fileOf(`{"a":${entry('[1]', '[0,4]')},"\\u0061" : ${entry('[1]', '[4,8]')}}`, 8), 'its header names a twice'],
    ['an unknown type', fileOf(`{"a":${entry('[1]', '[0,4]', 'toString')}}`, 4), 'a is of the type "toString", which the format does not have'],
    ['another shape', fileOf(`{"a":${entry('[3]', '[0,8]')}}`, 8), 'a has 8 bytes, but its shape and its type F32 need 12'],
    ['an endless shape', fileOf(`{"a":${entry('[9007199254740991,9007199254740991,0]', '[0,0]')}}`, 0), 'the shape of a is larger than any file'],
    ['a reversed place', fileOf(`{"a":${entry('[1]', '[4,0]')}}`, 4), 'a ends before it begins'],
    ['shared bytes', fileOf(`{"a":${entry('[2]', '[0,8]')},"b":${entry('[1]', '[4,8]')}}`, 8), 'a and b share bytes'],
    ['a hole', fileOf(`{"a":${entry('[1]', '[0,4]')},"b":${entry('[1]', '[8,12]')}}`, 12), 'bytes 4 to 8 of its numbers belong to no array'],
    ['bytes after the last array', fileOf(`{"a":${entry('[1]', '[0,4]')}}`, 11), 'after its last array it has 7 more bytes'],
    ['cut numbers', fileOf(`{"a":${entry('[2]', '[0,8]')}}`, 7), 'the numbers of a are cut off'],
  ])('%s', (_, bytes, reason) => {
    expect(messageOf(bytes)).toBe(`weights-unreadable "it" cannot be read as weights: ${reason}.`);
  });

  test('what the reference implementation refuses is refused, and what it accepts is read unless the format forbids it', () => {
    const { files } = JSON.parse(readFileSync(golden('safetensors-verdicts.json'), 'utf8')) as { readonly files: readonly { name: string; file: string; accepted: boolean; stricter?: true }[] };
    const verdicts = files.map(({ name, file }) => ({ name, accepted: messageOf(Buffer.from(file, 'base64')) === 'fine' }));
    expect(verdicts).toEqual(files.map(({ name, accepted, stricter }) => ({ name, accepted: accepted && !stricter })));
    expect(files.filter(({ accepted }) => accepted).length).toBeGreaterThan(30);
  });

  test('and never an exception', () => {
    const whole = encodeSafetensors([{ name: 'a', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }, { name: 'b', shape: [1], values: Float32Array.of(5) }], { format: 'pt' });
    const change = fc.record({ at: fc.nat(whole.length - 1), removed: fc.nat(3), added: fc.uint8Array({ maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.nat(whole.length), fc.boolean(), (changes, length, isLengthRight) => {
        let bytes = [...whole];
        for (const { at, removed, added } of changes) bytes.splice(at, removed, ...added);
        if (!isLengthRight) bytes = bytes.slice(0, length);
        const file = Uint8Array.from(bytes);
        // Most damage of the header lies behind a length that fits.
        if (isLengthRight && file.length > 28) new DataView(file.buffer).setBigUint64(0, BigInt(file.length - 28), true);
        expect(messageOf(file)).toMatch(/^fine$|^weights-unreadable "it" cannot be read as weights: .+\.$/s);
      }),
      { numRuns: 2000 },
    );
    // Deeper than any stack.
    expect(messageOf(fileOf(`{"a":${'['.repeat(300_000)}${']'.repeat(300_000)}}`, 0))).toContain('weights-unreadable');
  });
});
