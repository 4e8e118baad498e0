/* What is wrong with the paths of `compare pictures` without a look at any folder. */
import type { Check } from '#language/findings';
import type { ComparePictures } from '#language/generated/ast';

/** `source-twice`, `wildcard-in-folder` */
export const checkPictures: Check<ComparePictures> = (node, report) => {
  node.paths.forEach((path, index) => {
    const place = { node, property: 'paths', index };
    if (node.paths.indexOf(path) !== index) {
      report('source-twice', `"${path}" is given twice; the same pictures would be tested again.`, 'Keep one of them.', place);
    }
    const folder = /^.*\//s.exec(path)?.[0] ?? '';
    if (/[*?]/.test(folder)) {
      report('wildcard-in-folder', `\`*\` and \`?\` stand for the name of a file, but "${folder}" is a folder.`, 'Name each folder, such as `compare pictures "first/*.png", "second/*.png"`.', place);
    }
  });
};
