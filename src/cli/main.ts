/* Entry point of the `xdesign` command. */
import { CommanderError } from 'commander';
import { exitCodes } from './options';
import { createProgram, exitCodeOf } from './program';
import { keepNumbersApart } from '#runner/keep-numbers-apart';

keepNumbersApart();

try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = exitCodeOf(error);
  else {
    console.error('xdesign stopped on an internal error. Completed work is kept. Please report these lines:');
    console.error(error);
    process.exitCode = exitCodes.bug;
  }
}
