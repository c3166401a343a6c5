import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** One whole process, from spawn to exit. */
export interface Run {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly maxRssMb: number;
  readonly stderr: string;
}

const reportOnExit = fileURLToPath(new URL('../bench/report-on-exit.cjs', import.meta.url));

/** Without the settings for AWS of whoever runs it, such as a bundle of certificates, which takes its time to read. */
const surroundings = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));

/** Runs Node with these arguments to its end; stdout goes nowhere unless it is given a place. */
export function runNode(
  args: readonly string[],
  options: {
    env?: NodeJS.ProcessEnv;
    /** Read stdout so fast and no faster; otherwise it goes nowhere. */
    slowBytesPerSecond?: number;
    /** Told what comes out on stdout, as it comes. */
    onStdout?: (text: string) => void;
    interruptAfterMs?: number;
    /** What is on its stdin; otherwise nothing. */
    stdinPath?: string;
    /** Interrupts it as well. */
    until?: Promise<unknown>;
  } = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const stdin = options.stdinPath === undefined ? 'ignore' : openSync(options.stdinPath, 'r');
    const child = spawn(process.execPath, ['--require', reportOnExit, ...args], {
      env: { ...surroundings, ...options.env },
      stdio: [stdin, (options.slowBytesPerSecond ?? options.onStdout) ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    });
    if (typeof stdin === 'number') closeSync(stdin);
    let report = '';
    let stderr = '';
    child.stdio[3]?.on('data', (chunk) => {
      report += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    const interrupt = setTimeout(
      () => {
        child.kill('SIGINT');
        child.stdout?.resume();
      },
      options.interruptAfterMs ?? 2 ** 31 - 1,
    );
    void options.until?.then(() => child.kill('SIGINT'));
    if (options.onStdout !== undefined) child.stdout?.setEncoding('utf8').on('data', options.onStdout);
    if (options.slowBytesPerSecond !== undefined) readSlowly(child.stdout, options.slowBytesPerSecond);
    child.on('error', reject);
    child.on('close', (exitCode) => {
      const wallMs = performance.now() - startMs;
      clearTimeout(interrupt);
      if (exitCode !== 0 && options.interruptAfterMs === undefined)
        return reject(new Error(`exit ${exitCode}: node ${args.join(' ')}\n${stderr}`));
      const { maxRssKb, cpuMs } = JSON.parse(report);
      resolve({ wallMs, cpuMs, maxRssMb: maxRssKb / 1024, stderr });
    });
  });
}

/** Takes what has come ten times a second, up to a tenth of the rate. */
function readSlowly(stdout: Readable | null, bytesPerSecond: number): void {
  const timer = setInterval(() => stdout?.read(bytesPerSecond / 10) ?? stdout?.read(), 100);
  stdout?.on('close', () => clearInterval(timer));
}

/** Runs several things in turn, A B C A B C …, so that a machine that slows down slows all of them. */
export async function inTurn<Name extends string>(
  rounds: number,
  runs: Readonly<Record<Name, () => Promise<Run>>>,
): Promise<Record<Name, Run[]>> {
  const names = Object.keys(runs) as Name[];
  const all = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Run[]>;
  for (const name of names) await runs[name]();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) all[name].push(await runs[name]());
  }
  return all;
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >>> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
