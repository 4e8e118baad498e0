/*
 * Results on disk: one folder per case with its self-contained page, and the designs as images and tables; several
 * cases also get one page for all, next to their folders. Each file is complete or absent; pages are written last,
 * so a report never refers to missing files.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { torchTensors, unpackImage, type CaseResult, type LearningResult } from '#engine/api';
import { encodeSafetensors } from '#runner/weights/safetensors';
import { armsInView } from './case-view';
import { cellsFileName, writeCells } from './cells-file';
import { filePrefixes } from '#display/arms';
import { filesOfManifest, manifestJson, networkCard, type ReportProvenance } from './manifest';
import { encodeBinaryPng } from './page/encode-png';
import { reportPage } from './report-page';
import { caseFolderName, isChangingFile, learningFileNames, networkFileName, optimizationFileName, pictureName, writeAtomically, writePiecesAtomically } from './result-files';
import { designsCsv, optimizationCsv, parityCsv, trainingCsv } from './tables';

/** Where things were written. */
interface WrittenReport {
  /** Path of the page of the one case, or of the page of all. */
  readonly report: string;
  /** One entry per case, in their order. */
  readonly cases: readonly WrittenCase[];
}

export interface WrittenCase {
  readonly name: string;
  readonly folder: string;
  /** Path of the page of this case. */
  readonly report: string;
  /** Path of the file with the cells of all designs. */
  readonly cells: string;
  /** One entry per arm of the result, in their order. */
  readonly arms: readonly WrittenArm[];
}

interface WrittenArm {
  readonly name: string;
  /** Paths of the images of its best designs, in their order. */
  readonly designs: readonly string[];
}

/**
 * Writes for each case `<case>/report.html`, `designs.csv`, `manifest.json`, the cells of all designs in `cells.npz`, and
 * the best designs of each arm as images, such as `design-001.png` (one gray pixel each, white phase 255), and for several cases `report.html` of all,
 * into the folder, which is created if it does not exist. Of cases that optimize, also `optimization.csv`. Such files of an earlier run that this run does not have are deleted.
 * Throws Node's errors of the file system, such as `ENOSPC`.
 */
export function writeReport(folder: string, results: readonly CaseResult[], provenance: ReportProvenance): WrittenReport {
  const cases = results.map((result) => writeCase(join(folder, caseFolderName(result.problem.name)), result, provenance));
  if (cases.length === 1) return { report: cases[0]!.report, cases };
  const report = join(folder, 'report.html');
  writeAtomically(report, reportPage(results, provenance, 'next-to-case-folders'));
  return { report, cases };
}

function writeCase(folder: string, result: CaseResult, provenance: ReportProvenance): WrittenCase {
  mkdirSync(folder, { recursive: true });
  const arms = armsInView(result).map(({ arm, look }): WrittenArm => ({
    name: arm.name,
    designs: arm.designs.flatMap((_, i) => {
      const name = pictureName(look, i + 1);
      if (name === undefined) return [];
      const path = join(folder, name);
      writeAtomically(path, encodeBinaryPng(unpackImage(arm.cells, i)));
      return [path];
    }),
  }));
  const cells = join(folder, cellsFileName);
  writePiecesAtomically(cells, (write) => writeCells(result.arms, write));
  const training = result.learning ? writeTraining(folder, result, result.learning, provenance) : [];
  const cuts = join(folder, optimizationFileName);
  const current = new Set([...arms.flatMap(({ designs }) => designs), ...training, ...(result.optimization ? [cuts] : [])]);
  const manifest = join(folder, 'manifest.json');
  const prefixes = filePrefixes(result.problem.arms, existsSync(manifest) ? filesOfManifest(readFileSync(manifest, 'utf8')) : []);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (isChangingFile(name, prefixes) && !current.has(path)) rmSync(path);
  }
  writeAtomically(join(folder, 'designs.csv'), designsCsv(result));
  if (result.optimization) writeAtomically(cuts, optimizationCsv(result.optimization));
  writeAtomically(manifest, manifestJson(result, provenance));
  const report = join(folder, 'report.html');
  writeAtomically(report, reportPage([result], provenance, 'in-case-folder'));
  return { name: result.problem.name, folder, report, cells, arms };
}

/** The trained networks for PyTorch and for later trainings, their card, and the tables of the training; returns the paths. */
function writeTraining(folder: string, { problem, stages }: CaseResult, learning: LearningResult, provenance: ReportProvenance): readonly string[] {
  const files = learning.networks.map((network) => {
    const name = networkFileName(learning, network);
    const bytes = encodeSafetensors(torchTensors(learning.network, network.outputs.length, network), { format: 'pt', network: learning.network, case: problem.name });
    writeAtomically(join(folder, name), bytes);
    return { name, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  const key = stages.find(({ stage }) => stage === 'learn')?.key;
  const texts = {
    [learningFileNames.card]: networkCard(problem, learning, files, provenance, key),
    [learningFileNames.curve]: trainingCsv(learning),
    [learningFileNames.parity]: parityCsv(learning),
  };
  for (const [name, text] of Object.entries(texts)) writeAtomically(join(folder, name), text);
  return [...files.map(({ name }) => name), ...Object.keys(texts)].map((name) => join(folder, name));
}
