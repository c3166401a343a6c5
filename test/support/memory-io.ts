import { setMaxListeners } from 'node:events';
import { InterruptedError, type InterruptSignal } from '../../src/errors.js';
import type { Io, Sink, Source } from '../../src/io.js';

/** A sink that keeps what is written to it. */
interface MemorySink extends Sink {
  text(): string;
}

/** An Io whose output can be read back. */
export interface MemoryIo extends Io {
  readonly stdout: MemorySink;
  readonly stderr: MemorySink;
  /** What a signal does to the process's own Io. */
  interrupt(name: InterruptSignal): void;
}

/** Makes an Io that touches nothing of the machine. */
export function memoryIo({
  env = {},
  nowMs = Date.UTC(2026, 10, 20, 15, 30, 45, 123),
  isTTY = false,
  columns = 80,
  stdin = [],
}: {
  readonly env?: Io['env'];
  readonly nowMs?: number;
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** The pieces in which stdin comes. */
  readonly stdin?: Iterable<string> | AsyncIterable<string>;
} = {}): MemoryIo {
  const interrupt = new AbortController();
  // As the process's own: every request in flight listens to it.
  setMaxListeners(0, interrupt.signal);
  return {
    stdin: memorySource(stdin, isTTY),
    stdout: memorySink(isTTY, columns),
    stderr: memorySink(isTTY, columns),
    env,
    now: () => nowMs,
    signal: interrupt.signal,
    called: ['cwlogs'],
    version: '0.0.0-test',
    interrupt: (name) => interrupt.abort(new InterruptedError(name)),
  };
}

function memorySource(pieces: Iterable<string> | AsyncIterable<string>, isTTY: boolean): Source {
  return {
    isTTY,
    async *[Symbol.asyncIterator]() {
      yield* pieces;
    },
    close: () => {},
  };
}

function memorySink(isTTY: boolean, columns: number): MemorySink {
  let written = '';
  return {
    isTTY,
    columns,
    async write(text) {
      written += text;
    },
    text: () => written,
  };
}
