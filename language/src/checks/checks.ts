import type { AstNode } from 'langium';
import type { XDesignAstType } from '#language/generated/ast';
import { checkBounds, checkDesignFraction, checkThickening } from './check-constraints';
import type { Check } from '#language/findings';
import { checkDatabase } from './check-database';
import { checkColumns, checkDatabaseKind, checkLabeledParts, checkTiles, checkWhiteNumber } from './check-image-files';
import { checkCaseEntries, checkDatabaseEntries, checkKeyedEntries } from './check-entries';
import { checkImport } from './check-names';
import { checkImages, checkLayers, checkListValues, checkMaps, checkOutliers, checkPatch, checkPatience, checkProperties } from './check-learning';
import { checkUniqueNames } from './check-names';
import { checkBoundNumber, checkDifferenceNumber, checkEntryNumbers, checkFractionNumbers, checkShareNumber } from './check-numbers';
import { checkOptimizations, checkOptimizedPhases, checkSources, checkStarts, checkSymmetry } from './check-optimization';
import { checkImagePaths, checkPictures } from './check-pictures';
import { checkContrast, checkDirections, checkLargestContrast, checkPhases, checkTestedProperties } from './check-physics';
import { checkStart, checkTransfer } from './check-learning';
import { checkAxes, checkComparisons, checkMethodEntries, checkUnusedEntries, checkUnusedWaves } from './check-entries';
import { checkSetting, checkStudy } from './check-study';
import { checkVariants } from './check-variants';

type ChecksByType = { readonly [T in keyof XDesignAstType]?: readonly Check<XDesignAstType[T]>[] };

/** Every check by the type of node that it looks at. */
const table: ChecksByType = {
  SpecificationFile: [checkUniqueNames],
  Import: [checkImport],
  Material: [checkKeyedEntries],
  Database: [checkKeyedEntries, checkDatabaseEntries, checkDatabase, checkDatabaseKind, checkTiles, checkLabeledParts],
  Labels: [checkKeyedEntries],
  PathsEntry: [checkImagePaths],
  WhiteEntry: [checkWhiteNumber],
  ColumnsEntry: [checkColumns],
  Family: [checkKeyedEntries, checkShareNumber, checkUnusedWaves],
  Case: [
    checkCaseEntries, checkPhases, checkLargestContrast, checkContrast, checkTestedProperties, checkDesignFraction, checkThickening, checkBounds,
    checkImages, checkPatience, checkTransfer, checkOutliers, checkLayers, checkMaps, checkPatch, checkUnusedEntries, checkComparisons, checkAxes,
    checkOptimizedPhases, checkSymmetry, checkOptimizations, checkStarts,
  ],
  Objective: [checkDirections],
  DifferenceConstraint: [checkDifferenceNumber],
  FractionConstraint: [checkFractionNumbers],
  BoundConstraint: [checkBoundNumber],
  Learn: [checkKeyedEntries, checkStart],
  Explain: [checkKeyedEntries, checkMethodEntries],
  Construct: [checkKeyedEntries],
  Refine: [checkKeyedEntries],
  CompareOptimization: [checkKeyedEntries, checkSources],
  ComparePictures: [checkPictures],
  NumberEntry: [checkEntryNumbers],
  RangeEntry: [checkEntryNumbers],
  ListEntry: [checkEntryNumbers, checkListValues],
  Outliers: [checkEntryNumbers],
  PropertiesEntry: [checkProperties],
  Study: [checkStudy, checkVariants((type) => checks[type] ?? [])],
  NumberSetting: [checkSetting],
  RangeSetting: [checkSetting],
  ChoiceSetting: [checkSetting],
  SourceSetting: [checkSetting],
  PathSetting: [checkSetting],
  TransferSetting: [checkSetting],
};

/** The same table for nodes whose type is known at run time only. */
export const checks = table as Readonly<Record<string, readonly Check<AstNode>[] | undefined>>;
