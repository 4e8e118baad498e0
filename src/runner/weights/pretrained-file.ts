/* Files that cases name, by the SHA-256 of their bytes, and the weights in them that a training starts from. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { overrideCase, resolveFiles, type CaseOverrides, type DesignCase, type TrainingStart } from '#domain/case';
import { failure, success, type PlacedFinding, type Result } from '#domain/finding';
import type { NetworkKind } from '#domain/networks';
import { pretrainedFromTorch } from '#engine/api';
import type { CaseSpecification, FilePath } from '#language/specification/specification';
import { decodeSafetensors } from './safetensors';

/** Where a run finds the files that its cases name. */
export interface RunFiles {
  /** SHA-256 in hex of the file that a specification names for this use. Findings: `weights-unreadable`, `image-unreadable`. */
  digestOf(path: FilePath, use?: FileUse): Result<string>;
  /** The bytes with this SHA-256, of a file that `digestOf` has read; undefined when they no longer exist. */
  read(sha256: string): Uint8Array | undefined;
}

/** What a case reads a file as. */
export type FileUse = 'weights' | 'image';

/** What is wrong with the files whose weights these cases start from, themselves or through another case. */
export function checkPretrainedFiles(cases: readonly CaseSpecification[], files: RunFiles): readonly PlacedFinding[] {
  const firstOf = ({ start }: DesignCase<FilePath>): TrainingStart<FilePath> => (start.kind === 'case' ? firstOf(start.case) : start);
  // Several cases may start from one file; transfer keeps the network.
  const starts = new Map(cases.map(({ case: each }) => [JSON.stringify(firstOf(each)), { start: firstOf(each), network: each.learning.network }]));
  return [...starts.values()].flatMap(({ start, network }) => {
    if (start.kind !== 'file') return [];
    const digest = files.digestOf(start);
    const bytes = digest.ok ? files.read(digest.value) : undefined;
    const read = bytes ? weightsOf(bytes, start, network) : digest;
    return read.ok ? [] : read.findings.map((finding) => ({ ...finding, place: start.place }));
  });
}

function weightsOf(bytes: Uint8Array, { file }: FilePath, network: NetworkKind): Result<unknown> {
  const tensors = decodeSafetensors(bytes, `"${file}"`);
  return tensors.ok ? pretrainedFromTorch(network, tensors.value) : tensors;
}

/** The case as the engine takes it, with what the user overrides: files are named by their SHA-256. */
export function resolveCase(written: DesignCase<FilePath>, overrides: CaseOverrides = {}, files: RunFiles = machineFiles()): DesignCase {
  return resolveFiles(overrideCase(written, overrides), (path) => {
    const digest = files.digestOf(path);
    // A run refuses a file that cannot be read before it computes anything.
    return { file: path.file, sha256: digest.ok ? digest.value : 'none' };
  });
}

/** The files of this machine. */
export function machineFiles(): RunFiles {
  const paths = new Map<string, FilePath>();
  return {
    digestOf(path, use = 'weights') {
      const bytes = readBytes(path, use);
      if (!bytes.ok) return bytes;
      const digest = sha256Of(bytes.value);
      paths.set(digest, path);
      return success(digest);
    },
    read(sha256) {
      const path = paths.get(sha256);
      const bytes = path && readBytes(path, 'weights');
      return bytes?.ok && sha256Of(bytes.value) === sha256 ? bytes.value : undefined;
    },
  };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function readBytes({ file, place }: FilePath, use: FileUse): Result<Uint8Array> {
  try {
    // Editors name the specification by its URI.
    const specification = place.file.startsWith('file:') ? fileURLToPath(place.file) : place.file;
    return success(readFileSync(resolve(dirname(specification), file)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'the file does not exist' : code === 'EISDIR' ? 'it is a folder' : (code ?? String(error));
    const remedy = 'Give its path relative to the specification.';
    return use === 'weights'
      ? failure('weights-unreadable', `"${file}" cannot be read as weights: ${reason}.`, remedy)
      : failure('image-unreadable', `"${file}" cannot be read as an image: ${reason}.`, remedy);
  }
}
