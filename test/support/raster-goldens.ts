/* Pictures of every format that is read, by independent programs, with their gray values: test/golden/raster. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

export interface GoldenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly pages: readonly GoldenPicture[];
}

export interface GoldenPicture {
  readonly width: number;
  readonly height: number;
  readonly values: readonly number[];
}

interface Stored {
  readonly files: readonly { readonly name: string; readonly deflated: string; readonly pages: readonly number[] }[];
  readonly pictures: readonly GoldenPicture[];
}

export function rasterGoldens(): readonly GoldenFile[] {
  const { files, pictures } = JSON.parse(readFileSync(new URL('../golden/raster/raster.json', import.meta.url), 'utf8')) as Stored;
  return files.map(({ name, deflated, pages }) => ({ name, bytes: Uint8Array.from(inflateSync(Buffer.from(deflated, 'base64'))), pages: pages.map((page) => pictures[page]!) }));
}

/** The file with that name. */
export function rasterGolden(name: string): GoldenFile {
  const file = rasterGoldens().find((golden) => golden.name === name);
  if (!file) throw new Error(`no golden ${name}`);
  return file;
}
