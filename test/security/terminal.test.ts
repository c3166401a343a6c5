import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { temporaryFolder } from '../save/folder.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
/** What sets the clipboard and the title, moves the cursor, is a control of eight bits, or turns the direction. */
const evil =
  '\u001b]52;c;cHduZWQ=\u0007\u001b]0;title\u0007\u001b[2J\u001b[1;1H\u009b2J\u009d0;x\u009c\u202eevil\u2066\r';
const stream = `web/1${evil}`;
const group = '/app';
let endpoint: LocalEndpoint;
let folder: string;

beforeAll(async () => {
  folder = temporaryFolder(afterAll);
  endpoint = await startEndpoint({ now: () => nowMs, switches: { exports: { folder, pollsEach: 0 } } });
  // The store takes names that the service would not: an answer may hold anything.
  for (const name of [group, '/b']) {
    endpoint.store.createGroup(name, { creationTime: nowMs - 86_400_000 });
    const messages = [`plain ${evil}`, JSON.stringify({ [`key${evil}`]: evil, level: evil, id: 'x-1' }), `x-1 ${evil}`];
    const events = messages.map((message, at) => ({ timestamp: nowMs - 60_000 + at, message }));
    endpoint.store.seedEvents(name, stream, events);
    endpoint.store.seedEvents(name, `web/2${evil}`, events);
  }
});
afterAll(() => endpoint.close());

/** A group that the service itself would not have made. */
async function withEvilGroup<Result>(run: () => Promise<Result>): Promise<Result> {
  endpoint.store.createGroup(`/c${evil}`);
  try {
    return await run();
  } finally {
    endpoint.store.deleteGroup(`/c${evil}`);
  }
}

/** Colours, and the line of progress that is drawn anew. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences under test
const ours = /\u001b\[[\d;]*m|\r\u001b\[2K/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the characters under test
const harmful = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

async function onTerminal(argv: readonly string[], stdin: readonly string[] = []): Promise<string> {
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs, isTTY: true, stdin });
  await main(argv, io);
  return io.stdout.text() + io.stderr.text();
}

const range = ['--start', '1h'];

describe('names, messages and fields drive no terminal', () => {
  test.each<[title: string, argv: string[], said?: string]>([
    ['fetch', ['fetch', group, ...range]],
    ['fetch of many groups', ['fetch', '*', ...range, '--format', 'short', '--stats']],
    ['fetch with everything', ['fetch', '*', ...range, '--format', 'detailed', '-H']],
    ['fetch as JSON', ['fetch', group, ...range, '--format', 'json']],
    ['fetch as fields', ['fetch', group, ...range, '--format', 'fields']],
    ['fetch by a template', ['fetch', group, ...range, '--format', '{stream} {message} {json.level} {url}']],
    ['fetch laid out', ['fetch', group, ...range, '--expand']],
    ['fetch with a query', ['fetch', group, ...range, '--query', 'level']],
    ['fetch with context', ['fetch', group, ...range, '-g', 'plain', '-C', '1']],
    ['fetch by a query', ['fetch', group, ...range, '--via', 'insights']],
    [
      'fetch of nothing',
      ['fetch', group, '--start', '2026-11-18', '--end', '2026-11-19', '--stream', stream],
      'no events',
    ],
    ['tail', ['tail', '*', '--no-follow']],
    ['tail that fails', ['tail', group, '--start', '1h', '--fail-on', 'plain']],
    ['tail of one stream', ['tail', group, '--no-follow', '--stream', stream]],
    ['trace', ['trace', 'x-1', '*', ...range]],
    ['trace with context', ['trace', 'x-1', group, ...range, '-C', '2', '--format', 'detailed']],
    ['streams', ['streams', group]],
    ['streams as names', ['streams', group, '--format', 'names']],
    ['streams as JSON', ['streams', group, '--format', 'json']],
    ['no streams', ['streams', group, `none${evil}`]],
    ['query', ['query', 'fields @timestamp, @message, @logStream', '--group', group, ...range]],
    ['query as JSON', ['query', 'fields @message, level', '--group', group, ...range, '--format', 'json']],
    ['query as CSV', ['query', 'fields @message, level', '--group', group, ...range, '--format', 'csv']],
    ['query as TSV', ['query', 'fields @message, level', '--group', group, ...range, '--format', 'tsv']],
    ['query as messages', ['query', 'fields @timestamp, @message', '--group', group, ...range, '--format', 'message']],
    ['histogram by stream', ['histogram', group, ...range, '--by', 'stream']],
    ['histogram by a field', ['histogram', group, ...range, '--by', '.level']],
    ['histogram as JSON', ['histogram', group, ...range, '--by', '.level', '--format', 'json']],
    ['histogram as CSV', ['histogram', group, ...range, '--by', '.level', '--format', 'csv']],
    ['pattern', ['pattern', 'evil']],
    ['pattern explained', ['pattern', `"a${evil}"`, '--explain']],
    ['a pattern that is wrong', ['pattern', `{ $.a${evil} = }`], 'cwlogs: '],
    ['export', ['export', group, 's3://bucket/p', ...range], 's3://'],
    ['a list of exports', ['export', '--list'], '/app'],
    ['a list of exports as JSON', ['export', '--list', '--format', 'json'], '/app'],
    ['put', ['put', group, stream], 'delivered'],
    ['a group that is not there', ['fetch', `/none${evil}`, ...range]],
    ['a group that is not there, with the stack', ['fetch', `/none${evil}`, ...range, '--debug']],
    ['an option that is none', ['fetch', group, `--none${evil}`]],
    ['a command that is none', [`none${evil}`]],
    ['a time that is none', ['fetch', group, '--start', `soon${evil}`]],
    ['a profile that is none', ['groups', '--profile', `p${evil}`]],
    ['a file that is not there', ['pattern', 'x', `none${evil}`]],
  ])('%s', async (_, argv, said = 'evil') => {
    const text = await onTerminal(argv, [`evil ${evil}\n`]);
    expect(text).toContain(said);
    expect(text.replace(ours, '')).not.toMatch(harmful);
  });

  test.each([
    [['groups']],
    [['groups', '--format', 'names']],
    [['groups', '--format', 'json']],
    [['fetch', 'no-such-name', ...range]],
    [['fetch', '/c*', ...range]],
  ])('%j, with a group of such a name', async (argv) => {
    const text = await withEvilGroup(() => onTerminal(argv));
    expect(text).not.toBe('');
    expect(text.replace(ours, '')).not.toMatch(harmful);
  });

  test('files that are written say so without them', async () => {
    const text = await onTerminal([
      'fetch',
      '*',
      ...range,
      '-o',
      join(folder, '{group}', '{stream}.log'),
      '--manifest',
    ]);
    expect(text).toContain('complete');
    expect(text.replace(ours, '')).not.toMatch(harmful);
  });
});

test.each(['expired', 'denied'] as const)('a service that is %s, with every request shown', async (kind) => {
  await endpoint.beginOutage(kind);
  try {
    const text = await onTerminal(['streams', group, `x${evil}`, '--debug']);
    expect(text).toContain('cwlogs: ');
    expect(text.replace(ours, '')).not.toMatch(harmful);
  } finally {
    await endpoint.endOutage();
  }
});
