import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { createReporter, type Io } from '../io.js';
import { findCommand, optionsFirst } from './argv/command-words.js';

/** Registers `demo` for the help; a run of it never reaches commander. */
export function registerDemo(command: Command, _: Io, argv: readonly string[], program: Command): void {
  command
    .description(
      'Run any cwlogs command against a local endpoint with made-up log groups of the last three days: /demo/api, /demo/worker and /demo/lambda. No AWS account is needed, and none is touched.',
    )
    .argument('<command...>', 'a cwlogs command with its options')
    .option('--at <time>', 'first of all: begin at this time instead of now, which makes the same logs each time')
    .allowUnknownOption()
    .addHelpText('after', examples);
  command.action(() => {
    const { at, words } = readAt(argv.slice(1));
    const start = words.findIndex((word) => findCommand(program, word) !== undefined);
    const given = start < 0 ? ['fetch', '/demo/api', '--start', '1h'] : words.slice(start);
    throw optionsFirst(words[0] ?? 'demo', ['cwlogs', ...calledDemo(at)], words.slice(0, Math.max(start, 0)), given);
  });
}

const examples = `
Examples:
  cwlogs demo fetch /demo/api --start "yesterday 3pm"
  cwlogs demo --at 2026-11-21T09:10Z tail '/demo/*' --for 10s
`;

/** Whether these arguments are a run of `demo`, rather than a request for its help. */
export function isDemoRun(argv: readonly string[]): boolean {
  if (argv[0] !== 'demo') return false;
  const { at, words } = readAt(argv.slice(1));
  return words[0] === undefined ? at !== undefined : !words[0].startsWith('-');
}

/** Takes `--at` from the words after `demo`. */
function readAt(words: readonly string[]): { readonly at?: string; readonly words: readonly string[] } {
  const [first = '', at] = words;
  if (first === '--at' && at !== undefined) return { at, words: words.slice(2) };
  return first.startsWith('--at=') ? { at: first.slice('--at='.length), words: words.slice(1) } : { words };
}

function calledDemo(at: string | undefined): string[] {
  return at === undefined ? ['demo'] : ['demo', '--at', at];
}

/** Runs a command line against a fresh, seeded local endpoint; resolves to its exit code. */
export async function runDemo(
  typed: readonly string[],
  io: Io,
  run: (argv: readonly string[], io: Io) => Promise<number>,
): Promise<number> {
  const { at, words: argv } = readAt(typed);
  for (const flag of ['--profile', '--endpoint-url']) {
    if (argv.some((word) => word === flag || word.startsWith(`${flag}=`))) {
      throw new UsageError({
        flag,
        problem: 'has no place in a demo, which talks to its own endpoint',
        fix: 'leave it out',
      });
    }
  }
  const { startEndpoint } = await import('../server/endpoint.js');
  const { startDemo } = await import('../server/demo/seed.js');
  const buckets = join(tmpdir(), `cwlogs-demo-${randomUUID()}`);
  const now = at === undefined ? io.now : await startClock(at, io);
  const endpoint = await startEndpoint({ now, switches: { exports: { folder: buckets } } });
  const stopDemo = startDemo(endpoint);
  try {
    const called = [...io.called, ...calledDemo(at)];
    return await run(argv, { ...io, now, called, env: demoEnvironment(io.env, endpoint.url) });
  } finally {
    stopDemo();
    await endpoint.close();
    // It stays: what is in it is what was asked for.
    const quiet = argv.includes('-q') || argv.includes('--quiet');
    if (existsSync(buckets)) await createReporter(io, { quiet }).warn(`in the demo, s3:// is the folder ${buckets}`);
  }
}

/** A clock that shows this time now and goes on from there. */
async function startClock(at: string, io: Io): Promise<Io['now']> {
  const { parseTime } = await import('../time/parse-time.js');
  const { resolveZone } = await import('../time/zone.js');
  const beganMs = io.now();
  const atMs = parseTime(at, { nowMs: beganMs, zone: resolveZone({}, io.env), role: 'instant', flag: '--at' });
  return () => atMs + io.now() - beganMs;
}

/** The user's environment with nothing of AWS left in it but the local endpoint. */
function demoEnvironment(env: Io['env'], url: string): Io['env'] {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(others),
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'demo',
    AWS_SECRET_ACCESS_KEY: 'demo',
  };
}
