/* The page as an earlier run left it: its sections, the lines of its head and the rows of its table of durations. */
import { existsSync, readFileSync } from 'node:fs';
import { wasNotRun } from './words.mjs';

export function readEarlierPage(path) {
  const [head, ...sections] = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split(/\n+## /) : [''];
  const texts = new Map(sections.map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n')).trim()]));
  return {
    /** Machine and database; undefined while no case was run. */
    about: /^- machine: .*\n- .*$/m.exec(head)?.[0],
    /** The text below a heading; undefined where the page has no such section, or one that says that nothing was run. */
    section: (title) => (texts.get(title) === undefined || wasNotRun(texts.get(title)) ? undefined : texts.get(title)),
    /** The row of a unit in the table of durations, as it is; undefined where it was not run. */
    durationRow: (part, unit) => head.split('\n').find((line) => line.startsWith(`| ${part} | ${unit} |`) && !wasNotRun(line)),
  };
}
