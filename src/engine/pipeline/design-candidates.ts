/*
 * The designs of one arm before their tests: the same construction serves the patches of critical
 * regions and the random ones of the control.
 */
import { refusalReasons, type Refusal } from '#engine/construction/attempt';
import { success, type Result } from '#engine/core/finding';
import type { Square } from '#engine/grid/crop';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { Artifact } from './artifact';
import { runChunks } from './chunks';
import type { DesignProblem } from './design-problem';
import { gatherImages } from './gather-images';
import type { StageContext } from './stage';

const chunkSize = 48; // patches

/** A patch of a database image and where it came from. */
export interface CandidatePatch {
  /** Index of the image in the database. */
  readonly image: number;
  readonly patch: Square;
  /** Relative to the map's maximum; a control patch has its twin's. */
  readonly threshold: number;
  /** Image of `CriticalRegions.regions`, of the patch itself or of its twin. */
  readonly region: number;
}

/** Cells of one arm; entry i of `sources` belongs to image i of `cells` and `skeletons`. */
export interface DesignCandidates {
  readonly cells: MicrostructureBatch;
  /** The mirrored skeleton of each cell. */
  readonly skeletons: MicrostructureBatch;
  readonly sources: readonly CandidatePatch[];
  /** Patches tried: cells and refusals together. */
  readonly attempts: number;
  readonly refusals: readonly { readonly reason: CandidateRefusal; readonly count: number }[];
}

/** Why a patch gave no cell of its own. */
export type CandidateRefusal = Refusal | 'same-cell';

/** Turns patches into cells; a cell that an earlier patch gave already is dropped and counted. */
export async function buildCandidates(
  context: StageContext,
  problem: DesignProblem,
  images: MicrostructureBatch,
  patches: readonly CandidatePatch[],
  options: {
    /** Masks for `mask region`. */
    readonly regions?: MicrostructureBatch;
    /** Refusals that came before the construction, one entry a patch that was tried. */
    readonly earlier: readonly Refusal[];
  },
): Promise<Result<Artifact>> {
  const resolution = images.resolution;
  const parts = await runChunks(context, 'construct', patches.length, chunkSize, ({ from, to }) => {
    const chunk = patches.slice(from, to);
    const wanted = [...new Set(chunk.map(({ image }) => image))];
    const withRegions = options.regions !== undefined;
    return {
      images: gatherImages(images, wanted),
      ...(options.regions && { regions: gatherImages(options.regions, chunk.map(({ region }) => region)) }),
      patches: chunk.map(({ image, patch }, i) => ({ image: wanted.indexOf(image), patch, ...(withRegions && { region: i }) })),
      // A random patch has no region to be masked by: all of its square counts.
      settings: withRegions ? problem.construct : { ...problem.construct, mask: 'square' as const },
    };
  });
  if (!parts.ok) return parts;

  const reasons: CandidateRefusal[] = [...options.earlier];
  const kept: { readonly source: CandidatePatch; readonly cell: Uint8Array; readonly skeleton: Uint8Array }[] = [];
  const seen = new Set<string>();
  const bytes = (resolution * resolution) / 8;
  let patchIndex = 0;
  for (const { arrays } of parts.value) {
    let design = 0;
    for (const refusal of arrays['refusals']!) {
      const source = patches[patchIndex++]!;
      if (refusal > 0) {
        reasons.push(refusalReasons[refusal - 1]!);
        continue;
      }
      const at = bytes * design++;
      const cell = (arrays['cells'] as Uint8Array).slice(at, at + bytes);
      const name = cell.join();
      if (seen.has(name)) reasons.push('same-cell');
      else kept.push({ source, cell, skeleton: (arrays['skeletons'] as Uint8Array).slice(at, at + bytes) });
      seen.add(name);
    }
  }
  return success({
    header: {
      resolution,
      attempts: patches.length + options.earlier.length,
      refusals: [...new Set(reasons)].sort().map((reason) => ({ reason, count: reasons.filter((each) => each === reason).length })),
    },
    arrays: {
      cells: joinBytes(kept.map(({ cell }) => cell)),
      skeletons: joinBytes(kept.map(({ skeleton }) => skeleton)),
      places: Int32Array.from(kept.flatMap(({ source: { image, patch, region } }) => [image, patch.row, patch.column, patch.edge, region])),
      thresholds: Float64Array.from(kept, ({ source }) => source.threshold),
    },
  });
}

/** The candidates of the artifact that `buildCandidates` made. */
export function readCandidates({ header, arrays }: Artifact): DesignCandidates {
  const resolution = header['resolution'] as number;
  const thresholds = arrays['thresholds']!;
  const places = arrays['places']!;
  const count = thresholds.length;
  return {
    cells: { count, resolution, packed: arrays['cells'] as Uint8Array },
    skeletons: { count, resolution, packed: arrays['skeletons'] as Uint8Array },
    sources: Array.from(thresholds, (threshold, i) => {
      const [image, row, column, edge, region] = places.subarray(5 * i, 5 * i + 5) as unknown as [number, number, number, number, number];
      return { image, patch: { row, column, edge }, threshold, region };
    }),
    attempts: header['attempts'] as number,
    refusals: header['refusals'] as unknown as DesignCandidates['refusals'],
  };
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
