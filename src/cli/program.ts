/* The `xdesign` command: a table of its subcommands, one file each. */
import { Command, type CommanderError } from 'commander';
import { checkCommand } from './commands/check';
import { clusterCommand } from './commands/cluster';
import { doctorCommand } from './commands/doctor';
import { exportCommand } from './commands/export';
import { runCommand } from './commands/run';
import { simulateCommand } from './commands/simulate';
import { exitCodes } from './options';
import { version } from '#runner/machine';

/** The command; it throws a `CommanderError` where it would end the process. */
export function createProgram(): Command {
  const program = new Command('xdesign')
    .description('Designs architected materials from a .xdesign specification.')
    .version(version)
    .showHelpAfterError('(add --help for the list of options)')
    .exitOverride();
  for (const command of [checkCommand(), runCommand(), simulateCommand(), exportCommand(), clusterCommand(), doctorCommand()]) {
    program.addCommand(command.exitOverride().showHelpAfterError('(add --help for the list of options)'));
  }
  return program;
}

/** The exit code after such an error, whose message the library has printed already. */
export function exitCodeOf({ exitCode }: CommanderError): number {
  // Help and version come this way too, with code 0.
  return exitCode === 0 ? exitCodes.success : exitCodes.usage;
}
