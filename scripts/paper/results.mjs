/* What the runs left behind: the manifest, the table of designs and the report of each case. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '../read-table.mjs';

/** A case by the name of its folder; undefined while it has not been run to its end. */
export function readCase(folder, name) {
  const place = join(folder, 'results', name);
  if (!existsSync(join(place, 'manifest.json'))) return undefined;
  const manifest = JSON.parse(readFileSync(join(place, 'manifest.json'), 'utf8'));
  return {
    name,
    folder: place,
    manifest,
    objective: manifest.settings.objective,
    designs: readTable(join(place, 'designs.csv')).rows,
    report: readFileSync(join(place, 'report.html'), 'utf8'),
    arm: (arm) => manifest.arms.find((each) => each.name === arm),
    comparison: (other) => manifest.comparisons.find(({ arms: [own, another] }) => own === manifest.arms[0].name && another === other),
  };
}

/** A study by its name; undefined while it has not been run to its end. */
export function readStudy(folder, name) {
  const path = join(folder, 'results', name, 'study.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** The records of all runs in the folder, stopped ones too, in no order. */
export function readRecords(folder) {
  const place = join(folder, 'runs');
  const files = existsSync(place) ? readdirSync(place).filter((file) => file.endsWith('.json')) : [];
  return files.map((file) => JSON.parse(readFileSync(join(place, file), 'utf8'))).filter(({ stages }) => Array.isArray(stages));
}

/** Of some designs: how many there are, are feasible, and beat all images; the best feasible value and the median, SI. */
export function summarize(designs, sense) {
  const values = designs.map((row) => Number(row.objective_SI)).sort((a, b) => (sense === 'maximize' ? b - a : a - b));
  const feasible = designs.filter((row) => row.feasible === 'true');
  const [best] = feasible.toSorted((a, b) => (sense === 'maximize' ? 1 : -1) * (Number(b.objective_SI) - Number(a.objective_SI)));
  return {
    designs: designs.length,
    feasible: feasible.length,
    beating: feasible.filter((row) => row.beats_database === 'true').length,
    best,
    median: median(values),
  };
}

/** Of sorted values; undefined without any. */
export function median(sorted) {
  if (sorted.length === 0) return undefined;
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

const periodicColumns = { 'youngs-modulus': ['periodic_Ex_Pa', 'periodic_Ey_Pa'], 'poisson-ratio': ['periodic_nuxy', 'periodic_nuyx'], 'thermal-expansion': ['periodic_alphax_per_K', 'periodic_alphay_per_K'] };

/** What the periodic test measured of a design along x and y, SI; fewer than two values where it was not tested so. */
export function periodicValues(row, property) {
  return periodicColumns[property].map((column) => row[column]).filter((value) => value !== undefined && value !== '').map(Number);
}
