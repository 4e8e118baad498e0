/* What is wrong with the paths of pictures without a look at any folder. */
import type { Check, Report } from '#language/findings';
import type { ComparePictures, PathsEntry } from '#language/generated/ast';

/** `source-twice`, `wildcard-in-folder` */
export const checkPictures: Check<ComparePictures> = (node, report) => checkPaths(node, 'compare pictures', 'the same pictures would be tested again', report);

/** `source-twice`, `wildcard-in-folder` */
export const checkImagePaths: Check<PathsEntry> = (node, report) => checkPaths(node, 'images', 'the same images would be there twice', report);

function checkPaths(node: ComparePictures | PathsEntry, words: string, consequence: string, report: Report): void {
  node.paths.forEach((path, index) => {
    const place = { node, property: 'paths', index };
    if (node.paths.indexOf(path) !== index) {
      report('source-twice', `"${path}" is given twice; ${consequence}.`, 'Keep one of them.', place);
    }
    const folder = /^.*\//s.exec(path)?.[0] ?? '';
    if (/[*?]/.test(folder)) {
      report('wildcard-in-folder', `\`*\` and \`?\` stand for the name of a file, but "${folder}" is a folder.`, `Name each folder, such as \`${words} "first/*.png", "second/*.png"\`.`, place);
    }
  });
}
