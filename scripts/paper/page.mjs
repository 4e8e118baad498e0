/*
 * The page: its head, then one section after the other, each made of what the runs left behind. What the run folder does not
 * have stays as it is on the page that is there, so parts may be run one after another, in folders and on machines of their own.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parts } from './parts.mjs';
import { durations } from './durations.mjs';
import { readEarlierPage } from './earlier-page.mjs';
import { writePicture } from './pictures.mjs';
import { readCase, readStudy } from './results.mjs';
import { readLog } from './run-unit.mjs';
import { sections } from './sections/sections.mjs';
import { countText } from './words.mjs';

/** Writes paper.md into the target folder, its pictures into images/paper there; returns the path of the page. */
export function writePage({ root, folder, target, trial }) {
  const path = join(target, 'paper.md');
  const images = join(target, 'images/paper');
  mkdirSync(images, { recursive: true });
  const earlier = readEarlierPage(path);
  const cases = new Map();
  const data = {
    root,
    folder,
    trial,
    log: readLog(folder),
    case: (name) => cases.get(name) ?? cases.set(name, readCase(folder, name)).get(name),
    study: (name) => readStudy(folder, name),
    // The line of Markdown of a picture, or a sentence where there is none.
    picture: (name, alt, svg) => (writePicture(join(images, `${name}.svg`), svg) ? `![${alt}](images/paper/${name}.svg)` : `(No picture: ${alt}.)`),
  };
  const isRun = (name) => parts.find((part) => part.name === name).units.every((unit) => data.log[`${name}/${unit.name}`]?.some(({ finished }) => finished));
  const texts = sections.flatMap(({ title, part, write }) => {
    const kept = part === undefined || isRun(part) ? undefined : earlier.section(title);
    const text = kept ?? write(data);
    return text === undefined ? [] : `## ${title}\n\n${text}`;
  });
  const page = `${[head(data, earlier), ...texts].join('\n\n')}\n`;
  writeFileSync(path, page);
  for (const picture of readdirSync(images)) if (!page.includes(`(images/paper/${picture})`)) rmSync(join(images, picture));
  return path;
}

function head(data, earlier) {
  const [found] = parts.flatMap(({ units }) => units).flatMap(({ case: name }) => (name && data.case(name)) || []);
  const about = found && `- machine: ${found.manifest.machine}
- ${countText(found.manifest.database.count)} random images of ${found.manifest.database.resolution} × ${found.manifest.database.resolution} pixels, seed ${found.manifest.seed}, network \`${found.manifest.learning.network}\``;
  return `# The paper, and what we find

Feng, Lei, Xu, Chen and Xu, *Automated de novo design of architected materials: Leveraging eXplainable Artificial Intelligence (XAI) for inspiration from stochastic microstructure outliers*, Extreme Mechanics Letters (2024) 102269, [doi:10.1016/j.eml.2024.102269](https://doi.org/10.1016/j.eml.2024.102269).

\`npm run paper\` made this page, its pictures and all numbers that are ours. Numbers of the paper are from its main text; its Supplementary Information was not available to us, so what we say of it is what the main text says of it.
${data.trial ? '\n**This is a trial with fewer images or epochs: its numbers mean nothing.**\n' : ''}
${about ?? earlier.about ?? '- no case has been run'}

${durations(data, earlier)}`;
}
