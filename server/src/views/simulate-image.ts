/* The virtual test of an image from disk. */
import { fileURLToPath } from 'node:url';
import type { TestNumbers } from '#protocol/result';
import type { Finding } from '#domain/finding';
import { simulateImages, type SimulatedImage } from '#runner/simulate';
import type { ViewsResponse, ViewsRequest } from './views-process';
import { displaysOf } from './wire';

export async function simulateImage({ current, image, test, whiteAbove }: ViewsRequest<'simulate'>): Promise<ViewsResponse<'simulate'>> {
  if (!image.startsWith('file:')) return { kind: 'refused', findings: [notAFile(image)] };
  const { results, findings } = await simulateImages(current.case, [fileURLToPath(image)], { ...(test && { kind: test }), ...(whiteAbove !== undefined && { whiteAbove }) });
  const [result] = results;
  if (!result) return { kind: 'refused', findings };
  const numbers = numbersOf(result);
  return {
    kind: 'tested',
    numbers,
    findings,
    displays: displaysOf([numbers]),
  };
}

function notAFile(image: string): Finding {
  return { code: 'image-unreadable', severity: 'error', message: `${image} is not a file on this machine.`, remedy: 'Save the image next to the specification.' };
}

function numbersOf({ test, volumeFraction, Ex, Ey, nuxy, nuyx, Gxy, alphax, alphay, stiffness }: SimulatedImage): TestNumbers {
  return {
    test,
    volumeFraction,
    ...(Ex !== undefined && { youngsModulus: { x: Ex, y: Ey! } }),
    ...(nuxy !== undefined && { poissonRatio: { x: nuxy, y: nuyx! } }),
    ...(Gxy !== undefined && { shearModulus: Gxy }),
    ...(alphax !== undefined && { thermalExpansion: { x: alphax, y: alphay! } }),
    ...(stiffness && { stiffness: stiffness.flat() }),
  };
}
