/* The `xdesign` command: a table of its subcommands, one file each. */
import { Command, CommanderError } from 'commander';
import { checkCommand } from './commands/check';
import { doctorCommand } from './commands/doctor';
import { exportCommand } from './commands/export';
import { runCommand } from './commands/run';
import { simulateCommand } from './commands/simulate';
import { exitCodes } from './options';
import { keepNumbersApart } from '#runner/keep-numbers-apart';
import { version } from '#runner/machine';

keepNumbersApart();

const program = new Command('xdesign')
  .description('Designs architected materials from a .xdesign specification.')
  .version(version)
  .showHelpAfterError('(add --help for the list of options)')
  .exitOverride();

for (const command of [checkCommand(), runCommand(), simulateCommand(), exportCommand(), doctorCommand()]) {
  program.addCommand(command.exitOverride().showHelpAfterError('(add --help for the list of options)'));
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version come this way too, with code 0; the library has printed its message already.
    process.exitCode = error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
  } else {
    console.error('xdesign stopped on an internal error. Completed work is kept. Please report these lines:');
    console.error(error);
    process.exitCode = exitCodes.bug;
  }
}
