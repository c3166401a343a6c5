import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { createReporter, type Io } from '../io.js';
import { findCommand, optionsFirst } from './argv/command-words.js';

/** Registers `demo` for the help; a run of it never reaches commander. */
export function registerDemo(program: Command, argv: readonly string[]): void {
  const command = program
    .command('demo')
    .summary('run any cwlogs command against made-up log groups, without an account')
    .description(
      'Run any cwlogs command against a local endpoint with made-up log groups of the last three days: /demo/api, /demo/worker and /demo/lambda. No AWS account is needed, and none is touched.',
    )
    .argument('<command...>', 'a cwlogs command with its options')
    .allowUnknownOption()
    .addHelpText('after', examples);
  command.action(() => {
    const words = argv.slice(1);
    const at = words.findIndex((word) => findCommand(program, word) !== undefined);
    const given = at < 0 ? ['fetch', '/demo/api', '--start', '1h'] : words.slice(at);
    throw optionsFirst(words[0] ?? 'demo', ['cwlogs', 'demo'], words.slice(0, Math.max(at, 0)), given);
  });
}

const examples = `
Examples:
  cwlogs demo fetch /demo/api --start "yesterday 3pm"
  cwlogs demo groups
`;

/** Whether these arguments are a run of `demo`, rather than a request for its help. */
export function isDemoRun(argv: readonly string[]): boolean {
  return argv[0] === 'demo' && argv[1] !== undefined && !argv[1].startsWith('-');
}

/** Runs a command line against a fresh, seeded local endpoint; resolves to its exit code. */
export async function runDemo(
  argv: readonly string[],
  io: Io,
  run: (argv: readonly string[], io: Io) => Promise<number>,
): Promise<number> {
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
  const { startDemo } = await import('../server/demo-data.js');
  const buckets = join(tmpdir(), `cwlogs-demo-${randomUUID()}`);
  const endpoint = await startEndpoint({ now: io.now, switches: { exports: { folder: buckets } } });
  const stopDemo = startDemo(endpoint);
  try {
    return await run(argv, { ...io, called: [...io.called, 'demo'], env: demoEnvironment(io.env, endpoint.url) });
  } finally {
    stopDemo();
    await endpoint.close();
    // It stays: what is in it is what was asked for.
    const quiet = argv.includes('-q') || argv.includes('--quiet');
    if (existsSync(buckets)) await createReporter(io, { quiet }).warn(`in the demo, s3:// is the folder ${buckets}`);
  }
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
