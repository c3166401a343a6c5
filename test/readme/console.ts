import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import type { Sink } from '../../src/io.js';
import { main } from '../../src/main.js';
import { seedDemo } from '../../src/server/demo/seed.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { createTimedClock, type TimedClock } from '../logs/tail/timed-clock.js';
import { cleanEnvironment, finished } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';

/** When the commands of the README are run: what its reader gives to `cwlogs demo --at`. */
const moment = '2026-11-20T13:14Z';

const bin = fileURLToPath(new URL('../../bin/cwlogs.cjs', import.meta.url));

/** An endpoint with the demo's logs of a moment. */
interface Scene {
  readonly endpoint: LocalEndpoint;
  readonly now: () => number;
  /** Stores what has arrived by now. */
  ship(): void;
}

/** Where the README's command lines are run. */
export interface Console {
  /**
   * Runs a line in the working directory, for what it writes: stdout and stderr as they come. `cwlogs` alone is run in
   * this process; any other line is for a shell, in which `cwlogs` is the real binary with `demo --at`.
   */
  run(line: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens a console; `columns` makes it a terminal. */
export async function openConsole(columns?: number): Promise<Console> {
  const scene = await setScene();
  return {
    async run(line) {
      if (!isPlain(line)) return runShell(line);
      const words = toWords(line.replace(echoExitCode, '')).slice(1);
      const { written, exitCode } = await (follows(words)
        ? follow(words, columns)
        : runHere(words, scene, columns).ended);
      return echoExitCode.test(line) ? `${written}${exitCode}\n` : written;
    },
    close: () => scene.endpoint.close(),
  };
}

/** Whether a line can be run on this machine, which may lack a tool that it pipes into. */
export function isRunnable(line: string): boolean {
  if (isPlain(line)) return true;
  const tools = [
    'bash',
    ...[...line.matchAll(/\| *(\w+)/g)].flatMap(([, tool = '']) => (tool === 'cwlogs' ? [] : tool)),
  ];
  return tools.every((tool) => spawnSync(tool, ['--version']).error === undefined);
}

async function setScene(now = () => Date.parse(moment)): Promise<Scene> {
  const endpoint = await startEndpoint({ now, switches: { seed: 1 } });
  const ship = seedDemo(endpoint.store, { nowMs: now() });
  return { endpoint, now, ship: () => ship(now()) };
}

interface Ending {
  readonly written: string;
  readonly exitCode: number;
}

/** Begins a run in this process. */
function runHere(words: readonly string[], { endpoint, now }: Scene, columns?: number) {
  // Whoever lets time pass in leaps must not be held back to so many requests in a second of the machine's.
  const env = { ...endpointEnv(endpoint), TERM: 'xterm-256color', CWLOGS_RATE: '10000' };
  const io = memoryIo({ env, isTTY: columns !== undefined, columns: columns ?? 80 });
  let written = '';
  const alsoHere = (sink: Sink): Sink => ({
    ...sink,
    write(text) {
      written += text;
      return sink.write(text);
    },
  });
  const exitCode = main(words, { ...io, now, stdout: alsoHere(io.stdout), stderr: alsoHere(io.stderr) });
  const ended = exitCode.then((code): Ending => ({ written, exitCode: code }));
  return { ended };
}

function follows([command, ...others]: readonly string[]): boolean {
  return command === 'tail' && !others.some((word) => word === '--dry-run' || word === '--no-follow');
}

/** The time of the `tail` that runs; it passes as soon as all has been done that is due. */
let followed: TimedClock | undefined;
vi.doMock('../../src/logs/tail/clock.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/logs/tail/clock.js')>();
  const createServiceClock: typeof original.createServiceClock = (now, elapsed) =>
    followed === undefined ? original.createServiceClock(now, elapsed) : { ...followed, heard: () => {} };
  return { ...original, createServiceClock };
});

/** Runs a `tail` that ends by itself. */
async function follow(words: readonly string[], columns?: number): Promise<Ending> {
  const clock = createTimedClock(Date.parse(moment));
  followed = clock;
  const scene = await setScene(clock.now);
  const { ended } = runHere(words, scene, columns);
  let isOver = false;
  void ended.finally(() => {
    isOver = true;
  });
  // Each group is asked by itself.
  const askers = words.includes('/demo/*') ? scene.endpoint.store.groups.size : 1;
  while (!isOver) {
    await vi.waitUntil(() => isOver || clock.waiting() >= askers, { interval: 1, timeout: 20_000 });
    await clock.advance(200);
    scene.ship();
  }
  followed = undefined;
  await scene.endpoint.close();
  return ended;
}

async function runShell(line: string): Promise<string> {
  const script = `cwlogs() { '${process.execPath}' '${bin}' demo --at ${moment} "$@"; }; exec 2>&1; ${line}`;
  const { stdout } = await finished(
    spawn('bash', ['-c', script], { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  return stdout;
}

const echoExitCode = /; echo \$\?(?=\s*(?:#.*)?$)/;

/** Whether a shell would do nothing but split the line into words, and print the exit code. */
export function isPlain(line: string): boolean {
  const unquoted = line.replace(echoExitCode, '').replaceAll(/'[^']*'|"[^"$]*"|\s#.*$/g, '');
  return unquoted.startsWith('cwlogs ') && !/[|<>;&$`*~]/.test(unquoted);
}

/** Splits a plain line as a shell does. */
export function toWords(line: string): string[] {
  const words = [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.startsWith('#') ? '#' : word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  );
  const comment = words.indexOf('#');
  return comment < 0 ? words : words.slice(0, comment);
}
