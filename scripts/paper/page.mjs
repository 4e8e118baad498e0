/* The page: its head, then one section after the other, each made of what the runs left behind. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parts } from './parts.mjs';
import { writePicture } from './pictures.mjs';
import { readCase, readRecords, readStudy } from './results.mjs';
import { readLog } from './run-unit.mjs';
import { sections } from './sections/sections.mjs';
import { countText, durationText, memoryText, table } from './words.mjs';

/** Writes paper.md into the target folder, its pictures into images/paper there; returns the path of the page. */
export function writePage({ root, folder, target, trial }) {
  const images = join(target, 'images/paper');
  rmSync(images, { recursive: true, force: true });
  mkdirSync(images, { recursive: true });
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
  const text = [head(data), ...sections.flatMap((section) => section(data) ?? [])].join('\n\n');
  const path = join(target, 'paper.md');
  writeFileSync(path, `${text}\n`);
  return path;
}

function head(data) {
  const found = parts.flatMap(({ units }) => units).flatMap(({ case: name }) => (name && data.case(name)) || []);
  const machine = found[0]?.manifest.machine ?? 'unknown';
  const processes = Object.values(data.log).flat();
  const commits = [...new Set(processes.map(({ commit, changed }) => `${commit}${changed ? ' with changes' : ''}`))];
  const dates = processes.map(({ started }) => started.slice(0, 10)).sort();
  const size = found[0]?.manifest.database.count;
  return `# The paper, and what we find

Feng, Lei, Xu, Chen and Xu, *Automated de novo design of architected materials: Leveraging eXplainable Artificial Intelligence (XAI) for inspiration from stochastic microstructure outliers*, Extreme Mechanics Letters (2024) 102269, [doi:10.1016/j.eml.2024.102269](https://doi.org/10.1016/j.eml.2024.102269).

\`npm run paper\` made this page, its pictures and all numbers that are ours. Numbers of the paper are from its main text; its Supplementary Information was not available to us, so what we say of it is what the main text says of it.
${data.trial ? '\n**This is a trial with fewer images or epochs: its numbers mean nothing.**\n' : ''}
- commit: ${commits.join(', ') || git(data.root, 'rev-parse', '--short', 'HEAD')}
- date: ${[...new Set([dates[0], dates.at(-1)])].filter(Boolean).join(' to ') || 'unknown'}
- machine: ${machine}
- ${size === undefined ? 'no case has been run' : `${countText(size)} random images of ${found[0].manifest.database.resolution} × ${found[0].manifest.database.resolution} pixels, seed ${found[0].manifest.seed}`}, network \`${found[0]?.manifest.learning.network ?? 'compact'}\`

${durations(data)}`;
}

/** What each unit took: the time of the stages of all its runs, and the processor time and the largest memory of its processes. */
function durations(data) {
  const records = readRecords(data.folder);
  const rows = parts.flatMap((part) => part.units.map((unit) => {
    const own = records.filter(({ specification }) => isOf(part, unit, specification));
    const processes = data.log[`${part.name}/${unit.name}`] ?? [];
    const memory = Math.max(0, ...processes.map(({ largestMemory }) => largestMemory));
    // The record of a run that was killed lacks the time of its last stage; the log lacks runs of other commands.
    const seconds = Math.max(total(own.flatMap(({ stages }) => stages)), total(processes));
    // A process that was killed wrote nothing, so its processor time is unknown.
    const processor = processes.length > 0 && processes.every(({ processorSeconds }) => processorSeconds > 0) ? durationText(total(processes, 'processorSeconds')) : '–';
    return [part.name, unit.name, seconds > 0 ? durationText(seconds) : 'not run', processor, memory > 0 ? memoryText(memory) : '–', String(own.length)];
  }));
  return `${table(['part', 'case or study', 'time', 'processor time', 'largest memory of a process', 'runs'], rows)}

Runs are more than one where a run was stopped and resumed. What the store has takes no time, so a stage that several cases share is counted where it was computed first. Times include what else the machine did; processor times are those of the runs alone, of all cores together.`;
}

function total(timed, what = 'seconds') {
  return timed.reduce((sum, { [what]: seconds = 0 }) => sum + seconds, 0);
}

function isOf({ file }, { case: name, study }, specification) {
  const { name: own } = specification.case;
  if (name !== undefined) return own === name;
  return study === undefined ? basename(specification.place.file) === file : own.startsWith(`${study}/`);
}

function git(root, ...args) {
  return spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() || 'unknown';
}
