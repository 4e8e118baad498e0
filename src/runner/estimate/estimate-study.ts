/*
 * What a study will take, before it begins: the stages of all variants, each that several have in common once. A stage's key
 * follows from settings alone, so nothing is read for it, neither a store nor the files that cases name.
 */
import { overrideCase, resolveFiles, type CaseOverrides, type DesignCase, type FileContent } from '#domain/case';
import type { FileDatabase } from '#domain/image-files';
import { caseKeys } from '#engine/api';
import { keyOfDescription } from '#runner/codec/canonical-json';
import { estimateRun } from './estimate-run';

export interface StudyEstimate {
  readonly variants: number;
  /** Of all variants in one run folder that has nothing of them yet. */
  readonly seconds: number;
  /** The same if each had a run folder of its own. */
  readonly secondsApart: number;
  /** Of the variant that needs the most, of all worker threads together. */
  readonly memoryBytes: number;
}

/** A study whose variants are these cases, on a machine with so many worker threads. */
export function estimateStudy(variants: readonly DesignCase<{ readonly file: string }>[], workers: number, overrides: CaseOverrides = {}): StudyEstimate {
  const seconds = new Map<string, number>();
  let secondsApart = 0;
  let memoryBytes = 0;
  for (const written of variants) {
    const variant = overrideCase(written, overrides);
    const estimate = estimateRun(variant, workers);
    secondsApart += estimate.seconds;
    memoryBytes = Math.max(memoryBytes, estimate.memoryBytes);
    const keys = caseKeys(resolveFiles(variant, { file: byPath, pictures: (entries) => entries.map(byPath), images: byPaths }), keyOfDescription);
    for (const [stage, { key }] of keys) seconds.set(key, estimate.stages.get(stage) ?? 0);
  }
  return { variants: variants.length, seconds: [...seconds.values()].reduce((sum, each) => sum + each, 0), secondsApart, memoryBytes };
}

/** So are two databases of files with the same paths and settings. */
function byPaths({ read, images, labels, ...settings }: FileDatabase<{ readonly file: string }>): FileDatabase<FileContent> {
  const files = images.map(({ file }) => file);
  return { ...settings, images: [{ file: files.join(', '), sha256: JSON.stringify([files, settings]) }], ...(labels && { labels: { ...labels, table: byPath(labels.table) } }) };
}

/** Two files are the same here if they have the same path. */
function byPath({ file }: { readonly file: string }): FileContent {
  return { file, sha256: file };
}
