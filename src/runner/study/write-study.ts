/* The files of a study, next to the folders of its variants: the page, the table and the manifest. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { settingsText } from '#domain/study';
import type { ReportProvenance } from '#runner/report/manifest';
import { caseFolderName, writeAtomically } from '#runner/report/result-files';
import { type Cell, csvText } from '#runner/report/tables';
import { armNamed, armsOf, bestValue, groupBySeed, type Mean, meanOf } from './compare-variants';
import { type ArmsOverSeeds, compareOverSeeds } from './over-seeds';
import { studyPage } from './study-page';
import { type StudyResult, triesInStudies, type VariantArm, type VariantResult } from './study-result';
import { saysOfStudy, studyWords } from './study-words';

/**
 * Writes `<study>/study.html`, `study.csv` and `study.json` into the folder of results and returns the path of the page, which is written
 * last. Throws Node's errors of the file system, such as `ENOSPC`.
 */
export function writeStudy(results: string, study: StudyResult, provenance: ReportProvenance): string {
  const folder = join(results, caseFolderName(study.name));
  mkdirSync(folder, { recursive: true });
  writeAtomically(join(folder, 'study.csv'), studyCsv(study));
  writeAtomically(join(folder, 'study.json'), `${JSON.stringify({ manifest: manifestVersion, ...provenance, ...studyJson(study) }, null, 2)}\n`);
  const page = join(folder, 'study.html');
  writeAtomically(page, studyPage(study, provenance));
  return page;
}

/** Raised when a reader of `study.json` would have to change. */
const manifestVersion = 1;

/** The study for other programs, as `study.json` and `run --json` have it; SI units. */
export function studyJson(study: StudyResult): object {
  const groups = groupBySeed(study);
  const overSeeds = compareOverSeeds(study);
  return {
    study: study.name,
    case: study.case,
    objective: study.objective,
    settings: study.settings,
    says: saysOfStudy(studyWords(study)),
    variants: study.variants.map(variantJson),
    ...(groups && {
      groups: groups.map((group) => ({
        settings: group.settings,
        variants: group.variants.map(({ name }) => name),
        best: meanJson(meanOf(group.variants.map(bestValue))),
        comparisons: overSeeds.filter(({ settings }) => settingsText(settings) === settingsText(group.settings)).map(overSeedsJson),
      })),
    }),
  };
}

function meanJson({ mean, deviation, count }: Mean): object {
  return { count, ...(count > 0 && { mean }), ...(count > 1 && { deviation }) };
}

function overSeedsJson({ settings: _settings, own, other, superiorityByImage, bestTenth, fewTries, ...numbers }: ArmsOverSeeds): object {
  const both = (of: { readonly own: Mean; readonly other: Mean }): object => ({ own: meanJson(of.own), other: meanJson(of.other) });
  return {
    arms: [own.name, other.name],
    ...numbers,
    superiorityByImage: meanJson(superiorityByImage),
    bestTenth: { ...both(bestTenth), better: bestTenth.better },
    fewTries: { tries: triesInStudies, ...both(fewTries) },
  };
}

function variantJson({ outcome, findings, ...variant }: VariantResult): object {
  const { arms, ...values } = outcome ?? {};
  return {
    ...variant,
    state: outcome ? 'finished' : 'refused',
    findings: findings.map(({ code, severity, message, remedy }) => ({ code, severity, message, ...(remedy !== undefined && { remedy }) })),
    ...values,
    ...(arms && { arms: arms.map(armJson) }),
  };
}

function armJson({ spec: _spec, best, box, ...arm }: VariantArm): object {
  const { picture: _picture, ...design } = best ?? {};
  return { ...arm, ...(box && { minimum: box[0], quartiles: [box[1], box[2], box[3]], maximum: box[4] }), ...(best && { best: design }) };
}

/** A row per variant; units are in the header. */
function studyCsv({ settings, variants }: StudyResult): string {
  const arms = armsOf(variants).map(({ name }) => name);
  const columns: readonly (readonly [name: string, cell: (variant: VariantResult) => Cell])[] = [
    ['variant', ({ name }) => name],
    ['folder', ({ folder, outcome }) => outcome && folder],
    ...settings.map((setting): readonly [string, (variant: VariantResult) => Cell] => [`setting: ${setting.name}`, (variant) => variant.settings[setting.name]]),
    ['state', ({ outcome }) => (outcome ? 'finished' : 'refused')],
    ['findings', ({ findings }) => findings.map(({ code }) => code).join(' ')],
    ['images', ({ outcome }) => outcome?.images],
    ['exceptional_images', ({ outcome }) => outcome?.outliers],
    ['best_image_SI', ({ outcome }) => outcome?.bestImage],
    ['limit_SI', ({ outcome }) => outcome?.limit],
    ['r2', ({ outcome }) => outcome?.r2],
    ...arms.flatMap((arm) => armColumns.map(([name, cell]): readonly [string, (variant: VariantResult) => Cell] => [`${arm}: ${name}`, (variant) => {
      const found = armNamed(variant, arm);
      return found && cell(found);
    }])),
    ['seconds', ({ outcome, seconds }) => outcome && seconds],
    ['seconds_alone', ({ outcome, secondsAlone }) => outcome && secondsAlone],
  ];
  return csvText([columns.map(([name]) => name), ...variants.map((variant) => columns.map(([, cell]) => cell(variant)))]);
}

const armColumns: readonly (readonly [name: string, cell: (arm: VariantArm) => Cell])[] = [
  ['attempts', ({ attempts }) => attempts],
  ['designs', ({ designs }) => designs],
  ['feasible', ({ feasible }) => feasible],
  ['beat_database', ({ beating }) => beating],
  ['best_SI', ({ best }) => best?.objectiveValue],
  ['best_percent_of_limit', ({ best }) => best?.percentOfLimit],
  ['best_periodic_SI', ({ best }) => best?.periodic?.objectiveValue],
  ['best_file', ({ best }) => best?.file],
  ['minimum_SI', ({ box }) => box?.[0]],
  ['lower_quartile_SI', ({ box }) => box?.[1]],
  ['median_SI', ({ box }) => box?.[2]],
  ['upper_quartile_SI', ({ box }) => box?.[3]],
  ['maximum_SI', ({ box }) => box?.[4]],
  ['best_tenth_SI', ({ bestTenth }) => bestTenth],
  ['ten_tries_best_SI', ({ tries }) => tries?.best],
  ['ten_tries_feasible', ({ tries }) => tries?.feasible],
  ['ten_tries_gain_SI', ({ tries }) => tries?.gain],
  ['superiority_of_own', ({ comparison }) => comparison?.superiority],
  ['superiority_by_image', ({ comparison }) => comparison?.byImage],
  ['p_one_sided', ({ comparison }) => comparison?.pOneSided],
  ['p_two_sided', ({ comparison }) => comparison?.pTwoSided],
];
