/* What is in the files that cases name: weights that a training starts from, and images that optimizations start from. */
import { failure, success, type PlacedFinding, type Result } from '#domain/finding';
import type { CaseFiles } from '#engine/api';
import type { CaseSpecification } from '#language/specification/specification';
import { readTwoPhasePng, type TwoPhasePng } from './png/read-two-phase-png';
import { checkPretrainedFiles, machineFiles, type RunFiles } from './weights/pretrained-file';
import { decodeSafetensors } from './weights/safetensors';

/** What there is to say of the files that these cases name. */
export async function checkFiles(cases: readonly CaseSpecification[], files: RunFiles = machineFiles()): Promise<readonly PlacedFinding[]> {
  return [...checkPretrainedFiles(cases, files), ...(await checkPictures(cases, files))];
}

async function checkPictures(cases: readonly CaseSpecification[], files: RunFiles): Promise<readonly PlacedFinding[]> {
  const findings: PlacedFinding[] = [];
  for (const { case: { database: { resolution }, optimization: { pictures = [] } } } of cases) {
    for (const picture of pictures) {
      const digest = files.digestOf(picture, 'image');
      const bytes = digest.ok ? files.read(digest.value) : undefined;
      const read = bytes ? await readPicture(bytes, `"${picture.file}"`, resolution) : digest;
      if (!read.ok) findings.push(...read.findings.map((finding) => ({ ...finding, place: picture.place })));
      else if (typeof read.value !== 'string') findings.push(...read.value.warnings.map((finding) => ({ ...finding, place: picture.place })));
    }
  }
  return findings;
}

/** What the engine reads of the files of a run. */
export function caseFiles(files: RunFiles): CaseFiles {
  return {
    tensors(sha256) {
      const bytes = files.read(sha256);
      if (bytes) return decodeSafetensors(bytes, 'The file with the weights');
      return failure('weights-unreadable', 'The file with the weights was changed or removed while the case ran.', 'Put it back, or run the case again.');
    },
    async picture(sha256, resolution) {
      const bytes = files.read(sha256);
      if (!bytes) return failure('image-unreadable', 'A PNG file from which an optimization starts was changed or removed while the case ran.', 'Put it back, or run the case again.');
      const read = await readPicture(bytes, 'The PNG file from which an optimization starts', resolution);
      return read.ok ? success(read.value.image) : read;
    },
  };
}

function readPicture(bytes: Uint8Array, name: string, resolution: number): Promise<Result<TwoPhasePng>> {
  return readTwoPhasePng(bytes, { name, resolution, purpose: 'start' });
}
