/* What is in the files that cases name: images of databases, weights that a training starts from, images that optimizations start from, and pictures that are cells. */
import type { CaseOverrides } from '#domain/case';
import { failure, success, type PlacedFinding, type Result } from '#domain/finding';
import { enlarge, type CaseFiles, type PictureUse } from '#engine/api';
import type { CaseSpecification, FilePath } from '#language/specification/specification';
import { createImageLibrary, fileDatabases, type ImageLibrary } from './images/image-library';
import { checkOpenImages } from './images/open-images';
import { readTwoPhasePng, type TwoPhasePng } from './png/read-two-phase-png';
import { checkPretrainedFiles, machineFiles, pictureFiles, type RunFiles } from './weights/pretrained-file';
import { decodeSafetensors } from './weights/safetensors';

/** What there is to say of the files that these cases name; reads the pictures of their databases into the library. */
export async function checkFiles(
  cases: readonly CaseSpecification[],
  files: RunFiles = machineFiles(),
  library: ImageLibrary = createImageLibrary(),
  overrides: CaseOverrides = {},
): Promise<readonly PlacedFinding[]> {
  // Several cases may name the same files in the same place: variants of a study do.
  const lists = new Map<string, PictureList>();
  for (const { case: { database: { resolution }, optimization, pictures: entries } } of cases) {
    const listed: readonly PictureList[] = [
      { use: 'start', resolution, entries: optimization.pictures ?? [] },
      { use: 'cell', resolution, entries: entries ?? [] },
    ];
    for (const list of listed) lists.set(JSON.stringify(list), list);
  }
  const ofPictures = await Promise.all([...lists.values()].map((list) => checkPictures(list, files)));
  const ofImages: PlacedFinding[] = [];
  for (const database of fileDatabases(cases, overrides)) ofImages.push(...(await library.prepare(database)));
  ofImages.push(...checkOpenImages(cases, library, overrides));
  return [...ofImages, ...checkPretrainedFiles(cases, files), ...ofPictures.flat()];
}

interface PictureList {
  readonly use: PictureUse;
  readonly resolution: number;
  readonly entries: readonly FilePath[];
}

async function checkPictures({ use, resolution, entries }: PictureList, files: RunFiles): Promise<readonly PlacedFinding[]> {
  const { paths, findings: unmatched } = use === 'cell' ? pictureFiles(entries, files) : { paths: entries, findings: [] };
  const findings = [...unmatched];
  const firstWith = new Map<string, FilePath>();
  for (const path of paths) {
    const digest = files.digestOf(path, 'image');
    const bytes = digest.ok ? files.read(digest.value) : undefined;
    const read = bytes ? await readPicture(bytes, `"${path.file}"`, resolution, use) : digest;
    if (!read.ok) findings.push(...read.findings.map((finding) => ({ ...finding, place: path.place })));
    else if (typeof read.value !== 'string') {
      findings.push(...read.value.warnings.map((finding) => ({ ...finding, place: path.place })));
      const pixels = read.value.image.data.join('');
      const first = firstWith.get(pixels);
      firstWith.set(pixels, first ?? path);
      if (use === 'cell' && first) findings.push({ ...sameCell(path, first), place: path.place });
    }
  }
  return findings;
}

function sameCell(path: FilePath, first: FilePath): Omit<PlacedFinding, 'place'> {
  return {
    code: 'picture-twice',
    severity: 'information',
    message: `"${path.file}" shows the same cell as "${first.file}": it is tested once, under the first name.`,
    remedy: 'Remove one of the two files if the second name is not needed.',
  };
}

/** What the engine reads of the files of a run. */
export function caseFiles(files: RunFiles, library: ImageLibrary = createImageLibrary()): CaseFiles {
  return {
    images: (sha256) => library.images(sha256),
    tensors(sha256) {
      const bytes = files.read(sha256);
      if (bytes) return decodeSafetensors(bytes, 'The file with the weights');
      return failure('weights-unreadable', 'The file with the weights was changed or removed while the case ran.', 'Put it back, or run the case again.');
    },
    async picture(sha256, resolution, use) {
      const bytes = files.read(sha256);
      const name = use === 'start' ? 'PNG file from which an optimization starts' : 'PNG file of `compare pictures`';
      if (!bytes) return failure('image-unreadable', `A ${name} was changed or removed while the case ran.`, 'Put it back, or run the case again.');
      const read = await readPicture(bytes, `The ${name}`, resolution, use);
      return read.ok ? success(read.value.image) : read;
    },
  };
}

/** The picture with the resolution of the database. */
async function readPicture(bytes: Uint8Array, name: string, resolution: number, use: PictureUse): Promise<Result<TwoPhasePng>> {
  const read = await readTwoPhasePng(bytes, { name, resolution, purpose: use });
  return read.ok ? success({ ...read.value, image: enlarge(read.value.image, resolution / read.value.image.width) }) : read;
}
