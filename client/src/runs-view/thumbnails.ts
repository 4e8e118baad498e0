import { crc32, deflateSync } from 'node:zlib';
import type { Server } from '#client/server/lazy-server';
import { requests } from '#protocol/methods';
import { unpackImages, type PackedImages } from '#protocol/packed';
import type { ObjectiveView, RankedDesign } from '#protocol/result';
import type { RunReference } from '#protocol/runs';
import type { ViewResponse } from '#protocol/views';

/** Designs that are listed of a run; the panel shows all. */
const listed = 8;

export interface Thumbnail {
  readonly design: RankedDesign;
  readonly objective: ObjectiveView;
  readonly image: PackedImages;
}

/** The best designs of runs with their images, requested when their rows are expanded. */
export class Thumbnails {
  constructor(private readonly server: Server) {}

  /** Of one arm, by its name. */
  async best(reference: RunReference, arm: string): Promise<readonly Thumbnail[]> {
    const result = (await this.server.request(requests.view, { ...reference, view: 'result', query: {} })) as ViewResponse<'result'>;
    const query = { arm, from: 1, to: listed };
    const gallery = (await this.server.request(requests.view, { ...reference, view: 'gallery', query })) as ViewResponse<'gallery'>;
    if (result.kind !== 'view' || gallery.kind !== 'view') return [];
    const { objective, arms } = result.content;
    const { images } = gallery.content;
    const designs = arms.find(({ name }) => name === arm)?.designs ?? [];
    return designs.slice(0, images.count).map((design, index) => ({ design, objective, image: imageAt(images, index) }));
  }
}

/** One image of several; each begins with a byte of its own, 3 bytes are 4 letters of base64. */
function imageAt({ width, height, bits }: PackedImages, index: number): PackedImages {
  const bytes = Math.ceil((width * height) / 8);
  const all = Buffer.from(bits, 'base64');
  return { count: 1, width, height, bits: all.subarray(index * bytes, (index + 1) * bytes).toString('base64') };
}

/** The first bytes of every PNG file (ISO/IEC 15948). */
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A binary image as PNG with one bit per pixel, gray: small enough for rows of a tree. */
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
