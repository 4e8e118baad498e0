/* The hover on `images`: the first images as one PNG, their numbers, and findings. */
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import type { MarkupContent } from 'vscode-languageserver';
import type { FileImagesPreview } from '#protocol/views/image-file-views';
import { packImage } from '#protocol/packed';
import { noFiles } from '#server/database-files';
import { imageSheet } from '#server/lsp/hover/image-sheet';
import { openText } from '#test/server/open-text';

async function hover(marked: string, preview: FileImagesPreview | undefined): Promise<string> {
  const open = await openText(marked, {}, { files: { ...noFiles, preview: () => Promise.resolve(preview) } });
  const found = await open.xdesign.lsp.HoverProvider!.getHoverContent(open.document, open);
  return (found?.contents as MarkupContent | undefined)?.value ?? '';
}

const image = packImage(2, 2, new Uint8Array([1, 0, 0, 0]));
const read = { count: 8, fraction: { lower: 0.25, upper: 0.251 }, periodic: false };
const first = { ...read, images: image, fractions: [0.25] };
const mine = (paths: string): string => `database Mine { images ${paths}  resolution 32 }\n`;

test('the first images are described and drawn', async () => {
  const text = await hover(mine('"sc<|>ans/*.png"'), { files: 300, sizes: [{ width: 64, height: 48 }], first, findings: [] });
  expect(text).toContain('The first 8 images from 300 files: pictures of 64 × 48 pixels, 25% .. 25.1% white, they do not repeat.');
  expect(text).toMatch(/!\[The first images\]\(data:image\/png;base64,[A-Za-z0-9+/=]+\)/);
  expect(await hover(mine('"scans/*.png"').replace('images', 'ima<|>ges'), { files: 300, sizes: [], first, findings: [] })).toMatch(/^`images`: .*\n\nThe first/s);
});

test('all images are counted where an earlier run has read them', async () => {
  const all = { count: 280, fraction: { lower: 0.3, upper: 0.5 }, periodic: true };
  expect(await hover(mine('"sc<|>ans/*.png"'), { files: 300, sizes: [{ width: 32, height: 32 }], first, all, findings: [] })).toContain('280 images from 300 files: pictures of 32 × 32 pixels, 30% .. 50% white, they repeat.');
});

test('findings stand in the place of images that cannot be read', async () => {
  const text = await hover(mine('"<|>a.png"'), { files: 1, sizes: [], findings: [{ code: 'picture-damaged', severity: 'error', message: '"a.png" is damaged.', remedy: 'Save it again.' }] });
  expect(text).toContain('1 file, without images that can be used:\n\n- "a.png" is damaged. Save it again.');
});

test('files outside the workspace are not read', async () => {
  expect(await hover(mine('"../<|>a.png"'), { files: 1, sizes: [], first, findings: [] })).toBe('`../a.png` lies outside the workspace, so the editor does not read it.');
});

test('without the views process the entry alone is explained', async () => {
  expect(await hover(mine('"a.png"').replace('images', 'ima<|>ges'), undefined)).toMatch(/^`images`: /);
});

test('a sheet has the phases in their places, between gray gaps, and large images small', () => {
  const pixels = new Uint8Array(5 * 4).fill(1);
  pixels[0] = 0;
  const sheet = PNG.sync.read(Buffer.from(imageSheet(pixels, { count: 5, width: 2, height: 2 }).split(',')[1]!, 'base64'));
  const red = (x: number, y: number): number => sheet.data[4 * (y * sheet.width + x)]!;
  expect([sheet.width, sheet.height]).toEqual([4 * 2 + 3 * 4, 2 * 2 + 4]);
  expect([red(0, 0), red(1, 0), red(2, 0), red(6, 0), red(0, 6), red(6, 6)]).toEqual([0, 255, 128, 255, 255, 128]);
  const large = imageSheet(new Uint8Array(8 * 512 * 512), { count: 8, width: 512, height: 512 });
  const { width } = PNG.sync.read(Buffer.from(large.split(',')[1]!, 'base64'));
  expect(width).toBe(4 * 85 + 3 * 4);
});
