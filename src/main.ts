import { InterruptedError } from './errors.js';
import { sayable } from './escape.js';
import { type Io, systemIo } from './io.js';
import { runProgram } from './program.js';

/** Runs the process's own command line. The exit code is set and the loop left to drain, so that no output is cut. */
export async function start(argv: readonly string[], version: string): Promise<void> {
  process.exitCode = await main(argv, systemIo(version));
}

/** Runs one command line and resolves to its exit code: the outermost catch, and the only one that speaks. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    // Before commander: what follows `demo` is the command line of an ordinary run in another environment.
    if (argv[0] === 'demo') {
      const { isDemoRun, runDemo } = await import('./commands/demo.js');
      if (isDemoRun(argv)) return await runDemo(argv.slice(1), io, main);
    }
    await runProgram(argv, io);
    return 0;
  } catch (error) {
    // Whatever broke while stopping, the interruption is the reason.
    const reason = io.signal.aborted && io.signal.reason instanceof InterruptedError ? io.signal.reason : error;
    const { describe } = await import('./describe.js');
    const { asCalled } = await import('./commands/argv/called.js');
    const { message, picture, exitCode } = describe(reason);
    for (const line of [
      message === undefined ? undefined : asCalled(message, io.called),
      ...(picture?.split('\n') ?? []),
    ]) {
      if (line !== undefined) await io.stderr.write(`cwlogs: ${sayable(line)}\n`);
    }
    if (argv.includes('--debug') && error instanceof Error) {
      for (const line of `${error.stack}`.split('\n')) await io.stderr.write(`${sayable(line)}\n`);
    }
    return exitCode;
  }
}
