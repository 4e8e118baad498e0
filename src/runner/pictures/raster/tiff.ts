/*
 * Pictures of TIFF files, BigTIFF included: each page is a picture, read when it is asked for; previews and masks of
 * other pages are left out. Our own reader: the libraries that exist hold the whole file in memory or follow damaged
 * directories without end.
 */
import { success, type Result } from '#domain/finding';
import { DamagedFile, type ByteSource } from '#runner/png/byte-source';
import type { PictureSource } from '../picture-source';
import type { RasterFile } from './raster-file';
import { acceptSize, type PixelSize, UnsupportedRaster, withFindings } from './raster-issues';
import { directoryAt, firstDirectory, numberOf, textOf, type TiffDirectory, tiffTags } from './tiff/directory';
import { layoutOf } from './tiff/layout';
import { readPage } from './tiff/read-page';

interface TiffPage extends PixelSize {
  /** Where its directory begins, and how it is stored. */
  readonly directory: number;
  readonly isLittleEndian: boolean;
  readonly isBig: boolean;
}

/** Findings: those of `PictureSource`, and `array-not-finite`. */
export function openTiff(source: ByteSource, file: RasterFile, name: string): Result<PictureSource> {
  const pages = listPages(source);
  const nameOf = (index: number): string => (pages.length > 1 ? `${name}, page ${index + 1}` : name);
  for (const [index, page] of pages.entries()) {
    const size = acceptSize(page, nameOf(index));
    if (!size.ok) return size;
  }
  return success({
    count: pages.length,
    sizeOf: (index) => Promise.resolve({ width: pages[index]!.width, height: pages[index]!.height }),
    nameOf,
    read: (index) =>
      withFindings(nameOf(index), () =>
        file.use((again) => {
          const page = pages[index]!;
          const directory = directoryAt(again, page.directory, page);
          const picture = readPage(directory, layoutOf(directory, page.width, page.height), nameOf(index));
          return Promise.resolve(picture.ok ? success({ picture: picture.value, warnings: [] }) : picture);
        }),
      ),
    close: () => Promise.resolve(),
  });
}

/** Bits of the tag NewSubfileType: a smaller version of another page, a transparency mask. */
const previewOrMask = 0b101;

function listPages(source: ByteSource): TiffPage[] {
  const pages: TiffPage[] = [];
  const first = firstDirectory(source);
  const seen = new Set<number>();
  for (let directory = first; ; directory = directoryAt(source, directory.next, first)) {
    if ((numberOf(directory, tiffTags.subfileType, 0) & previewOrMask) === 0) pages.push(pageOf(directory));
    if (directory.next === 0) break;
    if (seen.has(directory.next)) throw new DamagedFile('its directories follow each other in a circle');
    seen.add(directory.next);
  }
  if (pages.length === 0) throw new DamagedFile('it has no picture');
  refuseHiddenPages(first, pages.length);
  return pages;
}

function pageOf(directory: TiffDirectory): TiffPage {
  const { offset, isLittleEndian, isBig } = directory;
  return { width: numberOf(directory, tiffTags.width), height: numberOf(directory, tiffTags.height), directory: offset, isLittleEndian, isBig };
}

/** ImageJ writes stacks of more than 4 GB with the directory of the first page alone, and says their number in a text. */
function refuseHiddenPages(first: TiffDirectory, count: number): void {
  const text = textOf(first, tiffTags.description, 1000);
  const images = Number(/^ImageJ=[^]*\nimages=(\d+)/.exec(text)?.[1] ?? 1);
  if (images > count) throw new UnsupportedRaster(`it is an ImageJ stack of ${images} pages with directories of ${count} of them`, 'Save the pages in several files, or as BigTIFF.');
}
