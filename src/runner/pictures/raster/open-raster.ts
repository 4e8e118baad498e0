/* Files of pictures by their first bytes, never by the ending of their name. */
import { success, type Result } from '#domain/finding';
import type { ByteSource } from '#runner/png/byte-source';
import { pictureDamaged, pictureFormatUnknown } from '../picture-findings';
import type { PictureSource } from '../picture-source';
import { openJpeg } from './jpeg';
import { openPng } from './png';
import { openPnm } from './pnm';
import { type RasterFile, rasterFile } from './raster-file';
import { withFindings } from './raster-issues';
import { openTiff } from './tiff';

interface RasterFormat {
  /** How its files begin. */
  readonly starts: RegExp;
  /** Reads headers from `source`, which is open during the call, and opens `file` again for pictures. */
  readonly open: (source: ByteSource, file: RasterFile, name: string) => Result<PictureSource>;
}

const formats: readonly RasterFormat[] = [
  { starts: /^\x89PNG\r\n\x1a\n/, open: openPng },
  { starts: /^(II[*+]\0|MM\0[*+])/, open: openTiff },
  { starts: /^P[1-6][\s#]/, open: openPnm },
  { starts: /^\xff\xd8\xff/, open: openJpeg },
];

/** How many of the first bytes tell a format. */
const recognizedBytes = 8;

/**
 * Opens a file by its path, or its bytes: PNG, TIFF, PBM, PGM, PPM and JPEG. `name` is the file as findings call it.
 * Reads headers alone; the file is open only while something is read of it. Follows symbolic links: the caller decides
 * which paths may be opened and where their links may lead. Findings: those of `PictureSource`, `picture-unreadable`,
 * `picture-changed`.
 */
export async function openRaster(origin: string | Uint8Array, name: string): Promise<Result<PictureSource>> {
  const opened = await openIfRaster(origin, name);
  return opened.ok ? (opened.value ? success(opened.value) : pictureFormatUnknown(name)) : opened;
}

/** The same; `undefined` for a file that can be read and does not begin like one of pictures. */
export function openIfRaster(origin: string | Uint8Array, name: string): Promise<Result<PictureSource | undefined>> {
  const file = rasterFile(origin);
  return withFindings(name, () =>
    file.use((source) => {
      if (source.length === 0) return Promise.resolve(pictureDamaged(name, 'it is empty'));
      const format = formatOf(source.read(0, Math.min(recognizedBytes, source.length)));
      return Promise.resolve<Result<PictureSource | undefined>>(format ? format.open(source, file, name) : success(undefined));
    }),
  );
}

function formatOf(start: Uint8Array): RasterFormat | undefined {
  const text = String.fromCharCode(...start);
  return formats.find(({ starts }) => starts.test(text));
}
