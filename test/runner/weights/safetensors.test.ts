/* The file format: a file that PyTorch wrote, our own, and damage. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NamedTensor } from '#engine/api';
import { decodeSafetensors, encodeSafetensors } from '#runner/weights/safetensors';

const golden = (name: string): URL => new URL(`../../golden/learning/${name}`, import.meta.url);

function decoded(bytes: Uint8Array): readonly NamedTensor[] {
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
  // Whole numbers are left out.
  expect([...tensors.keys()]).toEqual(['double', 'single', 'half', 'brain', 'special']);
  for (const [name, values] of Object.entries(arrays)) expect(tensors.get(name)).toEqual({ name, shape: [2, 3], values: Float32Array.from(values as number[]) });
  expect(tensors.get('special')!.values).toEqual(Float32Array.of(Infinity, -Infinity, NaN));
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
  test.each([
    ['nothing', new Uint8Array(0), 'it is no safetensors file'],
    ['a zip of torch.save', new TextEncoder().encode('PK\u0003\u0004archive/data.pkl and so on'), 'it is no safetensors file'],
    ['a cut header', fileOf('{"a":1}', 0).subarray(0, 12), 'its header is cut off'],
    ['a broken header', fileOf('{"a":', 0), 'its header is damaged'],
    ['a strange entry', fileOf('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', 4), 'the entry of a in its header is damaged'],
    ['cut numbers', fileOf('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 7), 'the numbers of a are cut off'],
    ['another shape', fileOf('{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}', 8), 'a has not as many numbers as its shape'],
  ])('%s', (_, bytes, reason) => {
    expect(messageOf(bytes)).toBe(`weights-unreadable "it" cannot be read as weights: ${reason}.`);
  });

  test('and never an exception', () => {
    const whole = encodeSafetensors([{ name: 'a', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }], {});
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length }), fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 0, max: 255 }), (length, at, byte) => {
        const bytes = whole.slice(0, length);
        if (at < length) bytes[at] = byte;
        messageOf(bytes);
      }),
    );
  });
});
