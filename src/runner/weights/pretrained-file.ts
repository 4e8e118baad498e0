/* Files that cases name, by the SHA-256 of their bytes, and the weights in them that a training starts from. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { overrideCase, resolveFiles, type CaseOverrides, type DesignCase, type FileContent, type TrainingStart } from '#domain/case';
import { failure, success, type PlacedFinding, type Result } from '#domain/finding';
import type { FileDatabase } from '#domain/image-files';
import type { NetworkKind } from '#domain/networks';
import { pretrainedFromTorch } from '#engine/api';
import type { CaseSpecification, FilePath } from '#language/specification/specification';
import { matchingPaths } from '../matching-paths';
import { machinePath, refusalText } from '../named-paths';
import { decodeSafetensors } from './safetensors';

/** Where a run finds the files that its cases name. */
export interface RunFiles {
  /** The files that a path or pattern names, by the code points of their names. Finding: `pictures-unmatched`. */
  match(pattern: FilePath): Result<readonly FilePath[]>;
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
  const starts = new Map(cases.flatMap(({ case: each }) => (each.learning ? [[JSON.stringify(firstOf(each)), { start: firstOf(each), network: each.learning.network }] as const] : [])));
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
  const file = (path: FilePath): FileContent => {
    const digest = files.digestOf(path);
    // A run refuses a file that cannot be read before it computes anything.
    return { file: path.file, sha256: digest.ok ? digest.value : 'none' };
  };
  return resolveFiles(overrideCase(written, overrides), {
    file,
    pictures: (entries) => pictureFiles(entries, files).paths.map(file),
    images: (database) => resolveImages(database, file),
  });
}

/** A database whose files have been read by what they gave; another one has no images. */
function resolveImages({ read, images, labels, ...settings }: FileDatabase<FilePath>, file: (path: FilePath) => FileContent): FileDatabase<FileContent> {
  return {
    ...settings,
    ...(read && { size: read.count, fraction: read.fraction, periodic: read.periodic }),
    images: [{ file: images.map((path) => path.file).join(', '), sha256: read?.sha256 ?? 'none' }],
    ...(labels && { labels: { ...labels, table: file(labels.table) } }),
  };
}

/** The files of the arm `pictures` in the order of its entries, each once, and the findings of entries without a file. */
export function pictureFiles(entries: readonly FilePath[], files: RunFiles): { readonly paths: readonly FilePath[]; readonly findings: readonly PlacedFinding[] } {
  const paths = new Map<string, FilePath>();
  const findings: PlacedFinding[] = [];
  for (const entry of entries) {
    const matched = files.match(entry);
    if (!matched.ok) findings.push(...matched.findings.map((finding) => ({ ...finding, place: entry.place })));
    else for (const path of matched.value) if (!paths.has(machinePath(path))) paths.set(machinePath(path), path);
  }
  return { paths: [...paths.values()], findings };
}

/** The files of this machine. */
export function machineFiles(): RunFiles {
  const paths = new Map<string, FilePath>();
  return {
    match: matchingPaths,
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

function readBytes(path: FilePath, use: FileUse): Result<Uint8Array> {
  try {
    return success(readFileSync(machinePath(path)));
  } catch (error) {
    const { file } = path;
    const reason = refusalText(error);
    const remedy = 'Give its path relative to the specification.';
    return use === 'weights'
      ? failure('weights-unreadable', `"${file}" cannot be read as weights: ${reason}.`, remedy)
      : failure('image-unreadable', `"${file}" cannot be read as an image: ${reason}.`, remedy);
  }
}
