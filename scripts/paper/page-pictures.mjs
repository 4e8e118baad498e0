/* Pictures in the page: written next to it when they are there, and a sentence where they are not. */
import { join } from 'node:path';
import { writePicture } from './pictures.mjs';

/** `picture(name, alt, svg)` gives the line of Markdown of a picture. */
export function pictures(folder, address) {
  return (name, alt, svg) => (writePicture(join(folder, `${name}.svg`), svg) ? `![${alt}](${address}/${name}.svg)` : `(No picture: ${alt}.)`);
}
