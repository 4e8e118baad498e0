/* Weights that a training starts from, out of a file that the specification names. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { overrideCase, resolveWeights, type CaseOverrides, type DesignCase, type TrainingStart } from '#domain/case';
import { failure, success, type PlacedFinding, type Result } from '#domain/finding';
import type { NetworkKind } from '#domain/networks';
import { pretrainedFromTorch, type PretrainedWeights } from '#engine/api';
import type { CaseSpecification, WeightsPath } from '#language/specification';
import { decodeSafetensors } from './safetensors';

/** What is wrong with the files that these cases start from, themselves or through another case. */
export function checkPretrainedFiles(cases: readonly CaseSpecification[]): readonly PlacedFinding[] {
  const firstOf = ({ start }: DesignCase<WeightsPath>): TrainingStart<WeightsPath> => (start.kind === 'case' ? firstOf(start.case) : start);
  // Several cases may come to one place; transfer keeps the network.
  const starts = new Map(cases.map(({ case: each }) => [JSON.stringify(firstOf(each)), { start: firstOf(each), network: each.learning.network }]));
  return [...starts.values()].flatMap(({ start, network }) => {
    if (start.kind !== 'file') return [];
    const read = readPretrainedFile(start, network);
    return read.ok ? [] : read.findings.map((finding) => ({ ...finding, place: start.place }));
  });
}

/** The weights of a file for a network. Findings: `weights-unreadable`, `weights-mismatch`. */
export function readPretrainedFile(start: WeightsPath, network: NetworkKind): Result<PretrainedWeights> {
  const bytes = readBytes(start);
  if (!bytes.ok) return bytes;
  const tensors = decodeSafetensors(bytes.value, `"${start.file}"`);
  return tensors.ok ? pretrainedFromTorch(network, tensors.value) : tensors;
}

/** The case as the engine takes it, with what the user overrides: files with weights are named by their SHA-256. */
export function resolveCase(written: DesignCase<WeightsPath>, overrides: CaseOverrides = {}): DesignCase {
  return resolveWeights(overrideCase(written, overrides), (path) => ({ file: path.file, sha256: digestOf(path) }));
}

/** SHA-256 of the file in hex; none where there is nothing to read, which a run refuses before it computes. */
function digestOf(path: WeightsPath): string {
  const bytes = readBytes(path);
  return bytes.ok ? createHash('sha256').update(bytes.value).digest('hex') : 'none';
}

function readBytes({ file, place }: WeightsPath): Result<Uint8Array> {
  try {
    // Editors name the specification by its URI.
    const specification = place.file.startsWith('file:') ? fileURLToPath(place.file) : place.file;
    return success(readFileSync(resolve(dirname(specification), file)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : (code ?? String(error));
    return failure('weights-unreadable', `"${file}" cannot be read as weights: ${reason}.`, 'Give its path relative to the specification.');
  }
}
