/* A binary image as PNG (ISO/IEC 15948): one bit a pixel, gray. Small enough for rows of a tree. */
import { crc32, deflateSync } from 'node:zlib';
import { unpackImages, type PackedImages } from '#protocol/packed';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function pngDataUri(image: PackedImages): string {
  return `data:image/png;base64,${encodePng(image).toString('base64')}`;
}

function encodePng(image: PackedImages): Buffer {
  const { width, height } = image;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1; // bits a sample; the rest is 0: gray, deflate, no interlace
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(scanlines(image))), chunk('IEND', Buffer.alloc(0))]);
}

/** Each row begins with a byte that names its filter, none. */
function scanlines(image: PackedImages): Buffer {
  const { width, height } = image;
  const pixels = unpackImages(image);
  const stride = 1 + Math.ceil(width / 8);
  const lines = Buffer.alloc(height * stride);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (pixels[row * width + column] === 1) lines[row * stride + 1 + (column >> 3)]! |= 128 >> (column & 7);
    }
  }
  return lines;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
