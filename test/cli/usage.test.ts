/* Wrong options and help. That the process ends with these codes is tested in test/e2e/check-and-options.test.ts. */
import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { createProgram, exitCodeOf } from '#cli/program';

/** What the library prints for a command line that runs nothing, and the exit code. */
async function parse(...given: readonly string[]) {
  const program = createProgram();
  let [output, errors] = ['', ''];
  for (const command of [program, ...program.commands]) {
    command.configureOutput({ writeOut: (text) => void (output += text), writeErr: (text) => void (errors += text) });
  }
  const error: unknown = await program.parseAsync(given, { from: 'user' }).then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof CommanderError)) throw new Error(`the library did not refuse ${given.join(' ')}`, { cause: error });
  return { code: exitCodeOf(error), output, errors };
}

test.each([
  { given: ['chekc', 'a.xdesign'], said: /unknown command 'chekc'\n\(Did you mean check\?\)/ },
  { given: ['run', 'a.xdesign', '--worker', '2'], said: /unknown option '--worker'\n\(Did you mean --workers\?\)/ },
  { given: ['simulate', 'a.xdesign', '--cases', 'A', '--image', 'a.png'], said: /unknown option '--cases'\n\(Did you mean --case\?\)/ },
  { given: ['check', '--jsno', 'a.xdesign'], said: /unknown option '--jsno'\n\(Did you mean --json\?\)/ },
  { given: ['doctor', '--jason'], said: /unknown option '--jason'\n\(Did you mean --json\?\)/ },
  { given: ['run', 'a.xdesign', '--until', 'solved'], said: /'solved' is invalid\. Allowed choices are generate, solve, select/ },
  { given: ['run', 'a.xdesign', '--workers', '0'], said: /'0' is invalid\. A whole number of at least 1/ },
  { given: ['run', 'a.xdesign', '--size', '1e3.5'], said: /'1e3\.5' is invalid\. A whole number of at least 1/ },
  { given: ['run', 'a.xdesign', '--seed', '-1'], said: /'-1' is invalid\. A whole number of at least 0/ },
  { given: ['run'], said: /missing required argument 'file'/ },
  { given: ['run', 'a.xdesign', 'b.xdesign'], said: /too many arguments/ },
  { given: ['simulate', 'a.xdesign', '--image', 'a.png'], said: /required option '--case <name>' not specified/ },
  { given: ['simulate', 'a.xdesign', '--case', 'A'], said: /required option '--image <png\.\.\.>' not specified/ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--image', 'a.png'], said: /nothing to write: give '--abaqus', '--calculix', '--vti', '--svg' or '--stl'/ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--image', 'a.png', '--svg'], said: /required option '--edge <length\.\.\.>' not specified/ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--image', 'a.png', '--stl', '--edge', '20', 'mm'], said: /required option '--height <length\.\.\.>' not specified/ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--image', 'a.png', '--svg', '--edge', '20'], said: /'--edge <length\.\.\.>' argument '20' is invalid\. A length with its unit is expected, such as 20 mm\./ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--image', 'a.png', '--svg', '--edge', '20', 'GPa'], said: /argument '20 GPa' is invalid/ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--image', 'a.png', '--svg', '--edge', '0', 'mm'], said: /argument '0 mm' is invalid/ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--image', 'a.png', '--svg', '--edge', '2', 'cm', '--nozzle', '-1', 'mm'], said: /argument missing|unknown option|is invalid/ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--image', 'a.png', '--svg', '--edge', '2', 'cm', '--height', '2', 'mm'], said: /'--height' has no effect without '--stl'/ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--image', 'a.png', '--vti', '--tiles', '2x2'], said: /'--tiles' has no effect without '--svg' or '--stl'/ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--image', 'a.png', '--svg', '--tiles', '2'], said: /'2' is invalid\. Columns and rows are expected, such as 2x2\./ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--data', 'npz,xls'], said: /'npz,xls' is invalid\. Formats are npz, hdf5, parquet, csv, separated by commas/ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--data', 'npz', '--vti'], said: /option '--data <formats>' cannot be used with option '--vti'/ },
  { given: ['export', 'a.xdesign', '--case', 'A', '--from', 'runs'], said: /option '--from <dir>' needs '--data <formats>'/ },
  { given: [], said: /^Usage: xdesign/ },
])('$given is refused with 2', async ({ given, said }) => {
  const { code, output, errors } = await parse(...given);
  expect({ code, output }).toEqual({ code: 2, output: '' });
  expect(errors).toMatch(said);
});

test.each([
  ['xdesign [options] [command]'],
  ['xdesign check [options] <file...>', 'check'],
  ['xdesign run [options] <file>', 'run'],
  ['xdesign simulate [options] <file>', 'simulate'],
  ['xdesign export [options] <file>', 'export'],
  ['xdesign doctor [options]', 'doctor'],
])('%s: --help ends with 0', async (usage, ...given) => {
  const { code, output, errors } = await parse(...given, '--help');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output.split('\n')[0]).toBe(`Usage: ${usage}`);
});
