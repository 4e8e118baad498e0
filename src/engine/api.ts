/* The engine's door: what runner and command line may know of it. Jobs have a door of their own, jobs.ts. */
export { BugError, ensure } from '#engine/core/bug-error';
export { Cancelled, type CancellationSignal } from '#engine/core/run-context';
export type { Artifact, ArtifactArray, Json } from '#engine/core/artifact';
export type { ArtifactKey, ArtifactStore, CaseFiles, ComputingPorts, Executor, JobListener, PictureUse, Provenance, RunPorts } from '#engine/pipeline/ports';
export type { JobContext } from '#engine/pipeline/jobs/job-context';
export type { JobName, JobTable } from '#engine/pipeline/jobs/job-table';

// What a run of a case found, and how to read it.
export { pixelFields, type PixelFields } from '#engine/fem/virtual-tests/pixel-fields';
export { createFieldSolver, type FieldSolver, type LoadCaseFields, type LoadCaseName, type VirtualTestFields } from '#engine/fem/virtual-tests/solve-fields';
export type { SolverStatistics, VirtualTester, VirtualTestResult } from '#engine/fem/virtual-test';
export { isVoid } from '#engine/fem/element/void-phase';
export { connectedComponents } from '#engine/grid/connected-components';
export { enlarge, imageOf, volumeFraction, type Image2D } from '#engine/grid/image-2d';
export { packImages, unpackImage, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
export { strutWidth } from '#engine/morphology/strut-width';
export type { HoldOutQuality, TrainedNetwork } from '#engine/learning/training/regressor';
export { pretrainedFromTorch, type PretrainedWeights } from '#engine/learning/training/torch-weights';
export { torchTensors, type NamedTensor, type UnreadTensor } from '#engine/learning/training/torch-weights';
export * from '#engine/homogenization/derived-properties';
export type { ExpansionTensor } from '#engine/homogenization/levin';
export type * from '#engine/pipeline/result/case-result';
export type * from '#engine/pipeline/result/faithfulness-result';
export type * from '#engine/pipeline/result/optimization-result';
export type * from '#engine/pipeline/result/arm-comparison';
export { cellsOfTraces, optimizationsSoFar, type OptimizationSoFar } from '#engine/pipeline/arms/optimizations';
export { startDensities } from '#engine/pipeline/arms/optimization-start';
export { rankedCells } from '#engine/pipeline/arms/proposal-sources';
export { startGroupOf, type Proposals } from '#engine/pipeline/arms/candidate';
export type { OptimizationTrace } from '#engine/pipeline/arms/optimization-trace';
export type { BestOfTries } from '#engine/validation/best-of-tries';
export type { ConstraintCheck } from '#engine/validation/constraint';
export type { LogRankResult } from '#engine/validation/log-rank';
export type { SignedRankResult } from '#engine/validation/signed-rank';
export { combineByFisher, largestExactFlips, signFlipTest, type MannWhitneyResult } from '#engine/validation/significance-tests';
export { propertyOf } from '#engine/fem/virtual-test';
export { quantile } from '#engine/numerics/quantile';
export { replacedShares } from '#engine/validation/perturbation';
export type { ControlRanking } from '#engine/validation/control-maps';
export type { FaithfulnessMeasure, FaithfulnessSubject } from '#engine/validation/faithfulness';
export type { PerturbationCurves, PerturbationGain, PerturbationSummary } from '#engine/validation/perturbation';
export type { AttainedLimit } from '#engine/validation/validate-design';

// Running a case.
export { isMirrored } from '#engine/fem/direct/mirrored-direct';
export { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
export { largestPlainContrast } from '#engine/optimization/optimizer';
export { optimizerMemory } from '#engine/optimization/optimizer-memory';
export { largestMemory, suitsIterations, testerMemory, type TesterMemory } from '#engine/fem/virtual-tests/solver-table';
export { probeBackends, type BackendProbe } from '#engine/learning/backend/backend';
export type { BackendHost } from '#engine/learning/backend/backend';
export { assembleCaseResult } from '#engine/pipeline/result/assemble-case-result';
export { assembleFaithfulness } from '#engine/pipeline/result/assemble-faithfulness';
export { findResemblances } from '#engine/pipeline/result/find-resemblances';
export { stageOf, type CaseValues, type SharedValues, type ValueName } from '#engine/pipeline/case-plan';
export { runCase, trainCase } from '#engine/pipeline/run-case';
export { testsOf } from '#engine/pipeline/stages/designs';
export { examinationTests, faithfulnessAt } from '#engine/pipeline/stages/examine';
export { caseKeys, firstDifference, keyOfStage, openStoredCase, storedNativeMaps, type CaseKeys, type ReadValues, type StoredCase } from '#engine/pipeline/stored-case';

// Looking at a case: what panels show beside results.
export { rejectionMessages, type Rejection } from '#engine/construction/attempt';
export { designSteps, type DesignSteps } from '#engine/construction/design-steps';
export { crop } from '#engine/grid/image-2d';
export { agreedMap, mapsOfImage, regionFinder, type NativeMaps } from '#engine/pipeline/arms/regions';
export { bestOfDatabase, physicalLimits } from '#engine/pipeline/result/assemble-case-result';
export { assembleLearning } from '#engine/pipeline/result/assemble-case-result';
export { gatherImages } from '#engine/pipeline/gather-images';
export { mapsOfImages, type ImageMaps } from '#engine/pipeline/image-maps';
export { regionOverlaps } from '#engine/pipeline/result/region-overlap';
export { testedImage, type TestedImage } from '#engine/pipeline/single-image';
export { previewCase, type CasePreview } from '#engine/pipeline/preview-case';
export { trainingSoFar } from '#engine/pipeline/stages/learn';
export { selectOutliers } from '#engine/pipeline/stages/database';
export { findingsOfTest, findingsOfTests } from '#engine/pipeline/result/test-findings';
