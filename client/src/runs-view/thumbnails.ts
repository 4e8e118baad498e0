import { requests } from '#protocol/methods';
import type { PackedImages } from '#protocol/packed';
import type { ObjectiveView, RankedDesign } from '#protocol/result';
import type { RunReference } from '#protocol/runs';
import type { ViewResponse } from '#protocol/views';
import type { Server } from '#client/server/server';

/** Designs that are listed of a run; the panel shows all. */
const listed = 8;

export interface Thumbnail {
  readonly design: RankedDesign;
  readonly objective: ObjectiveView;
  readonly picture: PackedImages;
}

/** The best designs of runs with their pictures, asked for when their rows are opened. */
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
    return designs.slice(0, images.count).map((design, index) => ({ design, objective, picture: imageAt(images, index) }));
  }
}

/** One image of several; each begins with a byte of its own, 3 bytes are 4 letters of base64. */
function imageAt({ width, height, bits }: PackedImages, index: number): PackedImages {
  const bytes = Math.ceil((width * height) / 8);
  const all = Buffer.from(bits, 'base64');
  return { count: 1, width, height, bits: all.subarray(index * bytes, (index + 1) * bytes).toString('base64') };
}
