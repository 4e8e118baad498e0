/* `--data` of `xdesign export`: what a run found of a case, as files for other programs. */
import { dirname, join, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { dataFormats, type DataFormat } from '#domain/data-exports';
import { exportCaseData } from '#runner/export/data/export-case-data';
import { formatFinding } from '../format-finding';
import { exitCodes } from '../options';
import { pickCase, readCases } from '../read-cases';

/** The option; images, and what is made of them, are not given with it. */
export function dataOption(others: string[]): Option {
  return new Option('--data <formats>', `write the images, properties, maps and designs that the run folder has: ${dataFormats.join(',')}`).argParser(formatsOf).conflicts(others);
}

/** Formats, separated by commas: after several words the file of the case would be one more. */
function formatsOf(text: string): readonly DataFormat[] {
  return text.split(',').map((name) => {
    const format = dataFormats.find((one) => one === name.trim());
    if (!format) throw new InvalidArgumentError(`Formats are ${dataFormats.join(', ')}, separated by commas.`);
    return format;
  });
}

/** Writes the files, and prints them and what there is to say. */
export async function exportDataOf(file: string, name: string, formats: readonly DataFormat[], { out, from, json }: { readonly out: string; readonly from?: string; readonly json?: true }): Promise<void> {
  const read = readCases(file);
  const specification = read && pickCase(read, name);
  if (!specification) {
    process.exitCode = exitCodes.findings;
    return;
  }
  const runFolder = resolve(from ?? join(dirname(resolve(file)), '.xdesign'));
  const exported = await exportCaseData(specification, runFolder, { formats: [...new Set(formats)], folder: out, specification: file });
  if (!exported.ok) {
    for (const finding of exported.findings) console.error(formatFinding(finding));
    process.exitCode = exitCodes.findings;
  }
  const files = exported.ok ? exported.value : [];
  if (json) console.log(JSON.stringify(files));
  else for (const written of files) console.log(`${written.file}: ${written.tables.join(', ')}`);
}
