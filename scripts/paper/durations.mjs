/* What each unit took: the time of the stages of all its runs, and the processor time and the largest memory of its processes. */
import { basename } from 'node:path';
import { parts } from './parts.mjs';
import { readRecords } from './results.mjs';
import { durationText, memoryText, notRunCell, row, table } from './words.mjs';

const columns = ['part', 'case or study', 'time', 'processor time', 'largest memory of a process', 'runs', 'date', 'commit'];

/** The table, with the rows of an earlier page where the run folder has none. */
export function durations(data, earlier) {
  const records = readRecords(data.folder);
  const rows = parts.flatMap((part) => part.units.map((unit) => rowOf(data, records, part, unit) ?? earlier.durationRow(part.name, unit.name) ?? row([part.name, unit.name, notRunCell, ...new Array(columns.length - 3).fill('–')])));
  return `${table(columns, [])}
${rows.join('\n')}

Runs are more than one where a run was stopped and resumed. What the store has takes no time, so a stage that several cases share is counted where it was computed first. Times include what else the machine did; processor times are those of the runs alone, of all cores together.`;
}

/** Undefined while the unit has no run. */
function rowOf({ log }, records, part, unit) {
  const own = records.filter(({ specification }) => isOf(part, unit, specification));
  if (own.length === 0) return undefined;
  const processes = log[`${part.name}/${unit.name}`] ?? [];
  // The record of a run that was killed lacks the time of its last stage; the log lacks runs of other commands.
  const seconds = Math.max(total(own.flatMap(({ stages }) => stages)), total(processes));
  const memory = Math.max(0, ...processes.map(({ largestMemory }) => largestMemory));
  // A process that was killed wrote nothing, so its processor time is unknown.
  const processor = processes.length > 0 && processes.every(({ processorSeconds }) => processorSeconds > 0) ? durationText(total(processes, 'processorSeconds')) : '–';
  const days = [...new Set(processes.map(({ started }) => started.slice(0, 10)))].join(', ');
  const commits = [...new Set(processes.map(({ commit, changed }) => `${commit}${changed ? ' with changes' : ''}`))].join(', ');
  return row([part.name, unit.name, durationText(seconds), processor, memory > 0 ? memoryText(memory) : '–', String(own.length), days || '–', commits || '–']);
}

function total(timed, what = 'seconds') {
  return timed.reduce((sum, { [what]: seconds = 0 }) => sum + seconds, 0);
}

function isOf({ file }, { case: name, study }, specification) {
  const { name: own } = specification.case;
  if (name !== undefined) return own === name;
  return study === undefined ? basename(specification.place.file) === file : own.startsWith(`${study}/`);
}
