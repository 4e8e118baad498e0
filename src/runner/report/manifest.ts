/* What other programs read of a case: the manifest of the run, and the card of its trained networks. JSON, SI units. */
import { planOf } from '#domain/networks';
import type { CaseResult, LearningResult } from '#engine/api';
import { type ArmInView, armsInView, summarizeArm } from './case-view';
import { cellsFileName, cellsLayout } from './cells-file';
import { comparisonsJson } from './comparison-words';
import { optimizationJson } from './optimization-json';
import { learningFileNames, mostPictures, networkFileName, pictureName } from './result-files';
import { trustJson } from './faithfulness/trust';

/** The run as a whole, in addition to the results of its cases. */
export interface ReportProvenance {
  /** The specification's path as the user gave it. */
  readonly specification: string;
  /** Options of the command that replaced values of the specification, e.g. `{ size: 200, epochs: 2 }`. */
  readonly overrides: Readonly<Record<string, number | string>>;
  /** Programs and libraries by name, e.g. `{ xdesign: '0.1.0', node: '24.21.0' }`. */
  readonly versions: Readonly<Record<string, string>>;
  /** The machine in one line, e.g. `2 cores, 7.8 GB, linux x64`. */
  readonly machine: string;
  /** When the run ended, ISO 8601; absent where reports must not differ from run to run. */
  readonly finished?: string;
}

/** Raised when a reader of the manifest would have to change. */
const manifestVersion = 4;

/** The file's text: JSON, SI units. */
export function manifestJson(result: CaseResult, provenance: ReportProvenance): string {
  const { problem, database, learning, outliers } = result;
  const manifest = {
    manifest: manifestVersion,
    case: problem.name,
    specification: provenance.specification,
    ...(provenance.finished === undefined ? {} : { finished: provenance.finished }),
    seed: problem.database.seed,
    overrides: provenance.overrides,
    versions: provenance.versions,
    machine: provenance.machine,
    settings: problem,
    database: { count: database.images.count, resolution: database.images.resolution, best: database.best, outliers: outliers.length },
    ...(learning && { learning: learningJson(learning) }),
    explainedOn: result.explainedOn,
    faithfulness: { ...result.faithfulness, images: Array.from(result.faithfulness.images), trust: trustJson(result) },
    cells: { file: cellsFileName, layout: cellsLayout, pictures: mostPictures },
    arms: armsInView(result).map((inView) => armEntry(result, inView)),
    comparisons: comparisonsJson(result),
    ...(result.optimization && { optimization: optimizationJson(result) }),
    limits: result.limits.map(({ name, test, bounds, condition }) => ({ name, test, bounds, condition })),
    stages: result.stages,
    solvers: result.solvers,
    findings: result.findings,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function learningJson(learning: LearningResult): object {
  return {
    network: learning.network,
    backend: learning.backend,
    backendReason: learning.backendReason,
    trainSeconds: learning.trainSeconds,
    trainingCount: learning.split.training.length,
    validationCount: learning.split.validation.length,
    holdOutCount: learning.split.holdOut.length,
    networks: learning.networks.map((network) => ({
      file: networkFileName(learning, network),
      serves: network.serves,
      parameterCount: network.parameters.length,
      epochs: network.curve.length,
      bestEpoch: network.bestEpoch,
    })),
    files: learningFileNames,
    quality: [...learning.quality, ...learning.otherQuality].map(({ property, direction, r2, mse }) => ({ property, direction, r2, mse })),
  };
}

function armEntry({ problem: { objective } }: CaseResult, { arm, look }: ArmInView) {
  const { attempts, designs, feasible, beating, best, median, bestTenth } = summarizeArm(objective, arm);
  return {
    name: arm.name,
    files: look.file,
    attempts,
    designs,
    feasible,
    beatDatabase: beating,
    failures: arm.failures.map(({ reason, count }) => ({ reason, count })),
    ...(best && { best: { file: pictureName(look, arm.designs.indexOf(best) + 1), objectiveValue: best.objectiveValue } }),
    ...(median === undefined ? {} : { median }),
    ...(bestTenth === undefined ? {} : { bestTenth }),
    ...(arm.tries && { tries: arm.tries }),
  };
}

/** The beginnings of the names of design files of an earlier run, from its manifest; none if the manifest cannot be read. */
export function filesOfManifest(text: string): readonly string[] {
  try {
    const { arms } = JSON.parse(text) as { readonly arms?: readonly { readonly files?: string }[] };
    return arms?.flatMap(({ files }) => files ?? []) ?? [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Raised when a reader of the card would have to change. */
const cardVersion = 1;

/** A file of a network; entry i of a list belongs to network i of the learning. */
interface NetworkFile {
  readonly name: string;
  readonly sha256: string;
}

/** The card's text: JSON, SI units. `key` is the content address of the training in the store. */
export function networkCard(
  { name, database, learning: settings, start }: CaseResult['problem'],
  learning: LearningResult,
  files: readonly NetworkFile[],
  { versions }: ReportProvenance,
  key: string | undefined,
): string {
  const { split } = learning;
  const card = {
    card: cardVersion,
    case: name,
    architecture: planOf(learning.network),
    input: {
      resolution: database.resolution,
      white: 0.5,
      black: -0.5,
      note: 'Row 0 is the top edge. Channels of a position are its spaceToDepth × spaceToDepth pixels, row by row (pixel_unshuffle of PyTorch).',
    },
    networks: learning.networks.map(({ serves, outputs, bestEpoch, curve, parameters }, i) => ({
      file: files[i]!.name,
      sha256: files[i]!.sha256,
      parameterCount: parameters.length,
      directions: serves.map((direction) => ({ direction, view: serves.length === 2 && direction === 'y' ? 'anti-transposed' : 'as it is' })),
      outputs,
      epochs: curve.length,
      bestEpoch,
    })),
    prediction: 'property = mean + deviation × output, SI, output i of the linear layer for entry i of outputs; the anti-transposed image is reflected at the line y = x.',
    quality: [...learning.quality, ...learning.otherQuality].map(({ property, direction, r2, mse }) => ({ property, direction, r2, mse })),
    training: settings,
    start,
    seed: database.seed,
    split: { training: split.training.length, validation: Array.from(split.validation), holdOut: Array.from(split.holdOut) },
    backend: learning.backend,
    versions,
    ...(key === undefined ? {} : { key }),
  };
  return `${JSON.stringify(card, null, 2)}\n`;
}
