/* What made a case's results and what came out in short, for programs and for reproduction. */
import type { ArmResult, CaseResult } from '#engine/api';
import { summarizeArm } from './arm-summary';
import type { ReportProvenance } from './report-provenance';
import { designFileName, learningFileNames, networkFileName } from './result-files';

/** Raised when a reader of the manifest would have to change. */
const manifestVersion = 1;

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
    learning: {
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
    },
    explainedOn: result.explainedOn,
    faithfulness: { ...result.faithfulness, images: Array.from(result.faithfulness.images) },
    explained: armEntry(result, result.explained),
    ...(result.control === undefined ? {} : { control: armEntry(result, result.control) }),
    ...(result.significance === undefined ? {} : { significance: result.significance }),
    limits: result.limits.map(({ name, test, bounds, condition }) => ({ name, test, bounds, condition })),
    stages: result.stages,
    solvers: result.solvers,
    findings: result.findings,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function armEntry({ problem: { objective } }: CaseResult, arm: ArmResult) {
  const { attempts, designs, feasible, beating, best, median, bestTenth } = summarizeArm(objective, arm);
  return {
    attempts,
    designs,
    feasible,
    beatDatabase: beating,
    failures: arm.failures.map(({ reason, count }) => ({ reason, count })),
    ...(best && { best: { file: designFileName(arm.arm, arm.designs.indexOf(best) + 1), objectiveValue: best.objectiveValue } }),
    ...(median === undefined ? {} : { median }),
    ...(bestTenth === undefined ? {} : { bestTenth }),
  };
}
