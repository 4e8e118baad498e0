/* What a JPEG file announces before its pixels: ITU-T T.81, annex B; its orientation: Exif 2.3. */
import { arraySource, DamagedFile, type ByteSource } from '#runner/png/byte-source';
import { bytesAt } from './raster-file';
import { UnsupportedRaster } from './raster-issues';
import { firstDirectory, numbersOf, tiffTags } from './tiff/directory';

export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** 1 gray, 3 colors. */
  readonly components: 1 | 3;
  /** Whether three components are red, green and blue, instead of luminance and two color differences. */
  readonly isRgb: boolean;
}

const saveAsPng = 'Save the picture as PNG.';

/** Reads the segments before the pixels. Throws `DamagedFile` and `UnsupportedRaster`. */
export function readJpegHeader(source: ByteSource): JpegHeader {
  let adobeTransform: number | undefined;
  let frame: Omit<JpegHeader, 'isRgb'> | undefined;
  let letters = '';
  for (let offset = 2; ; ) {
    const marker = source.read(offset, 2);
    const code = marker[1]!;
    if (marker[0] !== 0xff || code === 0) throw new DamagedFile('there are bytes where a marker should be');
    if (code === 0xff) {
      // Markers may be filled up with 255.
      offset++;
      continue;
    }
    if (code === 0xd9) throw new DamagedFile('it has no pixels');
    const length = uint16(source.read(offset + 2, 2), 0);
    const segment = bytesAt(source, offset + 4, Math.max(0, length - 2));
    if (code === 0xda) {
      if (!frame) throw new DamagedFile('it has pixels without a header');
      return { ...frame, isRgb: frame.components === 3 && (adobeTransform === 0 || (adobeTransform === undefined && letters === 'RGB')) };
    }
    if (code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code)) {
      if (frame) throw new DamagedFile('it has two headers');
      frame = readFrame(code, segment);
      letters = [0, 1, 2].map((component) => String.fromCharCode(segment[6 + 3 * component] ?? 0)).join('');
    } else if (code === 0xe1 && startsWith(segment, 'Exif\0\0')) {
      refuseOrientation(segment.subarray(6));
    } else if (code === 0xee && startsWith(segment, 'Adobe')) {
      adobeTransform = segment[11];
    }
    offset += 2 + length;
  }
}

const uint16 = (bytes: Uint8Array, at: number): number => 256 * bytes[at]! + bytes[at + 1]!;
const startsWith = (bytes: Uint8Array, text: string): boolean => [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));

function readFrame(code: number, segment: Uint8Array): Omit<JpegHeader, 'isRgb'> {
  const components = segment[5] ?? 0;
  if (segment.length < 6 + 3 * components || components === 0) throw new DamagedFile('its header is too short');
  if (code > 0xc2) throw new UnsupportedRaster(code >= 0xc9 ? 'it is compressed with arithmetic coding' : 'it is a lossless or hierarchical JPEG file', saveAsPng);
  if (segment[0] !== 8) throw new UnsupportedRaster(`it has ${segment[0]} bits per sample, and JPEG files are read with 8`, 'Save the picture as PNG or TIFF with 16 bits.');
  if (components !== 1 && components !== 3) throw new UnsupportedRaster(`it has ${components} color components, and 1 or 3 are read`, saveAsPng);
  return { width: uint16(segment, 3), height: uint16(segment, 1), components };
}

/** A camera that was turned stores the rows as its sensor has them; x and y would be exchanged without notice. */
function refuseOrientation(exif: Uint8Array): void {
  const orientation = orientationOf(arraySource(exif));
  if (orientation > 1 && orientation <= 8) throw new UnsupportedRaster(`its Exif data say that it is to be turned or mirrored (orientation ${orientation})`, 'Turn the picture in an image program and save it as PNG.');
}

function orientationOf(exif: ByteSource): number {
  try {
    return numbersOf(firstDirectory(exif), tiffTags.orientation)?.[0] ?? 1;
  } catch (error) {
    // Exif data have no effect on the pixels, so damage in them has none either.
    if (error instanceof DamagedFile) return 1;
    throw error;
  }
}
