/*
 * Results on disk: one self-contained page for all cases, and beside it a folder a case with the
 * designs as pictures and tables. Every file is whole or not there; the page is written last, so a
 * report never speaks of files that are missing.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unpackImage, type CaseResult } from '#engine/api';
import { designsCsv } from './designs-csv';
import { manifestJson } from './manifest';
import { encodeBinaryPng } from './pictures/encode-png';
import { reportPage } from './report-page';
import type { ReportProvenance } from './report-provenance';
import { caseFolderNames, designFileName, designFilePattern } from './result-files';
import { writeAtomically } from './write-atomically';

/** Where things were written. */
export interface WrittenReport {
  /** Path of report.html. */
  readonly report: string;
  /** One entry a case, in their order. */
  readonly cases: readonly WrittenCase[];
}

export interface WrittenCase {
  readonly name: string;
  readonly folder: string;
  /** Paths of the pictures of `explained.designs`, in their order. */
  readonly designs: readonly string[];
  /** Paths of the pictures of `control.designs`, in their order. */
  readonly control: readonly string[];
}

/**
 * Writes `report.html` and for each case `<case>/designs.csv`, `manifest.json`, `design-001.png` …
 * and `control-001.png` … (one gray pixel each, white phase 255) into the folder, which is made if it
 * is not there. Pictures of an earlier run that this one has no more are removed.
 * Throws Node's errors of the file system, such as `ENOSPC`.
 */
export function writeReport(folder: string, results: readonly CaseResult[], provenance: ReportProvenance): WrittenReport {
  const folders = caseFolderNames(results.map(({ problem }) => problem.name));
  const cases = results.map((result, i) => writeCase(join(folder, folders[i]!), result, provenance));
  const report = join(folder, 'report.html');
  writeAtomically(report, reportPage(results, provenance));
  return { report, cases };
}

function writeCase(folder: string, result: CaseResult, provenance: ReportProvenance): WrittenCase {
  mkdirSync(folder, { recursive: true });
  const [designs = [], control = []] = [result.explained, result.control].map((arm) =>
    arm?.designs.map((_, i) => {
      const path = join(folder, designFileName(arm.arm, i + 1));
      writeAtomically(path, encodeBinaryPng(unpackImage(arm.cells, i)));
      return path;
    }),
  );
  const current = new Set([...designs, ...control]);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (designFilePattern.test(name) && !current.has(path)) rmSync(path);
  }
  writeAtomically(join(folder, 'designs.csv'), designsCsv(result));
  writeAtomically(join(folder, 'manifest.json'), manifestJson(result, provenance));
  return { name: result.problem.name, folder, designs, control };
}
