import type { Image2D } from '#engine/grid/image-2d';
import { abaqusInput as inputOf, type ExportOrigin } from '#runner/export/abaqus-input';
import type { InputDialect } from '#runner/export/abaqus-conditions';
import type { ExportedTest } from '#runner/export/load-cases';
import { solidPart } from '#runner/export/solid-part';

/** The input file of an image of two phases with stiffness: all of it is written. */
export function abaqusInput(image: Image2D<'binary'>, test: ExportedTest, origin: ExportOrigin, dialect: InputDialect): string {
  const part = solidPart(image, test, origin.imageName, () => []);
  if (!part.ok) throw new Error('nothing to export');
  return inputOf(image, test, origin, dialect, part.value);
}
