/* The files of a database: its first images as a picture, how many there are, and what is wrong with them. */
import type { URI } from 'langium';
import { findingText } from '#domain/finding';
import type { FileDatabase } from '#domain/image-files';
import type { Interval } from '#domain/intervals';
import type { Database } from '#language/generated/ast';
import { toFileDatabase } from '#language/specification/to-file-database';
import type { FilePath } from '#language/specification/specification';
import { unpackImages } from '#protocol/packed';
import type { FileImagesPreview } from '#protocol/views/image-file-views';
import { formatCount, formatQuantity } from '#units/format-quantity';
import type { Quantity } from '#units/quantity';
import type { XDesignServerServices } from '../../server-services';
import { imageSheet } from './image-sheet';

/** Images in a hover. */
const shown = 8;

/** Markdown for the entry `images`; undefined where the database has errors or its files cannot be read soon. */
export async function imageFilesHover(node: Database, document: URI, { shared }: XDesignServerServices): Promise<string | undefined> {
  const database = databaseOf(node, document);
  if (database === undefined) return undefined;
  const { ImportPolicy, DatabaseFiles } = shared.xdesign;
  const outside = database.images.find(({ file }) => !ImportPolicy.mayRead(file, document));
  if (outside) return `\`${outside.file}\` lies outside the workspace, so the editor does not read it.`;
  const preview = await DatabaseFiles.preview(document, database, shown);
  return preview && describePreview(preview);
}

function databaseOf(node: Database, document: URI): FileDatabase<FilePath> | undefined {
  try {
    return toFileDatabase(node, document.toString());
  } catch {
    // A part is missing, and a finding reports which.
    return undefined;
  }
}

/** What a hover says of the first images. */
export function describePreview({ files, sizes, first, all, findings }: FileImagesPreview): string {
  const noted = findings.slice(0, 5).map((finding) => `- ${findingText(finding)}`);
  const more = findings.length > noted.length ? [`- ${formatCount(findings.length - noted.length, 'more finding', 'more findings')}`] : [];
  const list = noted.length === 0 ? [] : ['', ...noted, ...more];
  if (!first) return [`${formatCount(files, 'file')}, without images that can be used:`, ...list].join('\n');
  const pictures = sizes.map(({ width, height }) => `${width} × ${height}`).join(', ');
  const known = all ?? first;
  const head = all ? `${formatCount(all.count, 'image')} from ${formatCount(files, 'file')}` : `The first ${first.count} images from ${formatCount(files, 'file')}`;
  const repeat = known.periodic ? 'they repeat' : 'they do not repeat';
  return [`${head}: pictures of ${pictures} pixels, ${rangeText(known.fraction)} white, ${repeat}.`, '', `![The first images](${imageSheet(unpackImages(first.images), first.images)})`, ...list].join('\n');
}

function rangeText({ lower, upper }: Interval): string {
  const percent = (share: number): string => formatQuantity((Math.round(1000 * share) / 1000) as Quantity<'share'>, 'share');
  return `${percent(lower)} .. ${percent(upper)}`;
}
