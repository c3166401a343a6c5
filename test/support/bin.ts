import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/cwlogs.cjs', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'cwlogs-home-'));

/** A process environment in which nothing of the machine's AWS configuration, colours or zone shows. */
export function cleanEnvironment(env: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    USERPROFILE: home,
    TZ: 'UTC',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env,
  };
}

/** What a finished process said. */
export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Starts the real binary in a clean environment. */
export function spawnBin(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawn(process.execPath, [bin, ...args], { env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Starts the real binary in a clean environment, with a stdin to write to. */
export function spawnFed(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawn(process.execPath, [bin, ...args], { env: cleanEnvironment(env), stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Runs the real binary to its end in a clean environment. */
export function runBin(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  return finished(spawnBin(args, env));
}

/** Runs a shell line in which `cwlogs` is the real binary, in a clean environment. */
export function runShell(line: string, env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  const script = `set -o pipefail; cwlogs() { '${process.execPath}' '${bin}' "$@"; }; ${line}`;
  return finished(spawn('bash', ['-c', script], { env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** Waits for a process and collects what it says. */
export function finished(child: ChildProcessByStdio<Writable | null, Readable, Readable>): Promise<Finished> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve({ stdout, stderr, exitCode, signal }));
  });
}
