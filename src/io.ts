import { once, setMaxListeners } from 'node:events';
import { fstatSync, write } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { addAbortSignal } from 'node:stream';
import { isatty, type WriteStream } from 'node:tty';
import { promisify } from 'node:util';
import { ClosedPipeError, InterruptedError, type InterruptSignal, SaveError } from './errors.js';
import { sayable } from './escape.js';

/** Everything a run touches of the world: tests hand in their own. */
export interface Io {
  /** Opened when it is first read. */
  readonly stdin: Source;
  /** Asks the user for a line, on stderr; undefined where no one sits at a terminal. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** Log data, and nothing else. */
  readonly stdout: Sink;
  /** Errors, warnings and notices. */
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Aborted with an {@link InterruptedError} when the user or the system asks to stop. */
  readonly signal: AbortSignal;
  /** What the command line began with, to show it again: `cwlogs`, or `cwlogs demo`. */
  readonly called: readonly string[];
  /** The version of cwlogs. */
  readonly version: string;
}

/** Where text comes from, piece by piece: the next piece is read when it is asked for. */
export interface Source extends AsyncIterable<string> {
  readonly isTTY: boolean;
  /** Nothing more is wanted: what is being waited for there no longer keeps the process. */
  close(): void;
}

/** Where text goes. */
export interface Sink {
  readonly isTTY: boolean;
  /** Width of the terminal in characters; 80 where there is none. */
  readonly columns: number;
  /** Resolves when more may be written; rejects with {@link ClosedPipeError} once the reader has gone. */
  write(text: string): Promise<void>;
}

/** The process's own streams, environment, clock and signals. */
export function systemIo(version: string): Io {
  const interrupt = new AbortController();
  // Every request in flight listens to it; Node would take more than ten for a leak.
  setMaxListeners(0, interrupt.signal);
  const signals: readonly InterruptSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of signals) {
    const stop = (): void => {
      interrupt.abort(new InterruptedError(name));
      // A second signal finds the default action again and ends the process at once.
      setTimeout(() => process.removeListener(name, stop), echoMs).unref();
    };
    process.on(name, stop);
  }
  return {
    stdin: stdinSource(interrupt.signal),
    ask: isatty(stdinFd) && process.stderr.isTTY ? (question) => askLine(question, interrupt.signal) : undefined,
    stdout: isFile(stdoutFd) ? fileSink(stdoutFd) : streamSink(process.stdout, interrupt.signal),
    stderr: deafSink(streamSink(process.stderr, interrupt.signal)),
    env: process.env,
    now: Date.now,
    signal: interrupt.signal,
    called: ['cwlogs'],
    version,
  };
}

function stdinSource(signal: AbortSignal): Source {
  return {
    isTTY: isatty(stdinFd),
    async *[Symbol.asyncIterator]() {
      // Node takes a folder for an empty file.
      if (isFolder(stdinFd)) throw new SaveError('stdin', 'it is a folder', 'read');
      try {
        yield* addAbortSignal(signal, process.stdin.setEncoding('utf8'));
      } catch (error) {
        signal.throwIfAborted();
        throw new SaveError('stdin', error, 'read');
      }
    },
    close: () => void process.stdin.destroy(),
  };
}

async function askLine(question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question, { signal });
  } finally {
    lines.close();
  }
}

const stdinFd = 0;
const stdoutFd = 1;

/** npm and other launchers pass on the Ctrl-C that the terminal has sent to everyone already. */
const echoMs = 500;

function isFolder(fd: number): boolean {
  try {
    return fstatSync(fd).isDirectory();
  } catch {
    return false;
  }
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    // A closed descriptor: the stream will say so.
    return false;
  }
}

/** Node's own stream to a file takes a short write, of a full disk or a size limit, for a whole one. */
function fileSink(fd: number): Sink {
  return {
    isTTY: false,
    columns: defaultColumns,
    async write(text) {
      const bytes = Buffer.from(text);
      try {
        for (let at = 0; at < bytes.length; ) at += (await writeBytes(fd, bytes, at)).bytesWritten;
      } catch (error) {
        throw new SaveError('stdout', error, 'write');
      }
    },
  };
}

const writeBytes = promisify(write);
const defaultColumns = 80;

function streamSink(stream: WriteStream, signal: AbortSignal): Sink {
  let failure: Error | undefined;
  stream.on('error', (error) => {
    failure = error;
  });
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns > 0 ? stream.columns : defaultColumns;
    },
    async write(text) {
      if (failure !== undefined) throw toEnding(failure);
      if (text === '' || stream.write(text)) return;
      try {
        await once(stream, 'drain', { signal });
      } catch (error) {
        throw toEnding(error);
      }
    },
  };
}

/** A sink whose closed end is no reason to stop: what is said there is not what was asked for. */
function deafSink(sink: Sink): Sink {
  return {
    isTTY: sink.isTTY,
    get columns() {
      return sink.columns;
    },
    write: (text) => sink.write(text).catch(() => {}),
  };
}

function toEnding(error: unknown): unknown {
  const closed = error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'EOF');
  if (closed) return new ClosedPipeError('stdout was closed', { cause: error });
  const isSystems = error instanceof Error && 'syscall' in error;
  return isSystems ? new SaveError('stdout', error, 'write') : error;
}

/** The three classes of what is said on stderr, each line prefixed `cwlogs: `. */
export interface Reporter {
  /** Failures, and anything that means data is missing: always. */
  error(text: string): Promise<void>;
  /** Warnings and reports that were asked for: unless `--quiet`. */
  warn(text: string): Promise<void>;
  /** What a person at a terminal likes to know. */
  notice(text: string): Promise<void>;
  /** What `--debug` shows. */
  debug(text: string): Promise<void>;
}

/** Makes the reporter of one run. */
export function createReporter(io: Io, flags: { quiet?: boolean | undefined; debug?: boolean | undefined }): Reporter {
  const quiet = flags.quiet === true;
  const say = (text: string): Promise<void> => io.stderr.write(`cwlogs: ${sayable(text)}\n`);
  const silence = async (): Promise<void> => {};
  return {
    error: say,
    warn: quiet ? silence : say,
    notice: quiet || !io.stderr.isTTY ? silence : say,
    debug: flags.debug === true ? say : silence,
  };
}
