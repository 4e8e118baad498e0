/*
 * Files of the language itself, imported as `import "xdesign:materials"`. They are texts like any other,
 * so that an editor can show them and a user can copy from them.
 */
import { materialsText } from './library/materials';

/** How an import names a file of the library. */
export const libraryScheme = 'xdesign:';

/** Text of each file by the path of its import. */
export const library: Readonly<Record<string, string>> = { [`${libraryScheme}materials`]: materialsText };

/** Whether a path asks for the library, which may not have it. */
export function asksForLibrary(path: string): boolean {
  return path.startsWith(libraryScheme);
}

/** The text that a path of an import means, if it is one of the library. */
export function libraryText(path: string): string | undefined {
  return Object.hasOwn(library, path) ? library[path] : undefined;
}
