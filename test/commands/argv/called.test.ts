import { afterAll, beforeAll, expect, test } from 'vitest';
import { asCalled } from '../../../src/commands/argv/called.js';
import { main } from '../../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../../src/server/endpoint.js';
import { endpointEnv } from '../../support/endpoint-env.js';
import { memoryIo } from '../../support/memory-io.js';

let endpoint: LocalEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint();
  for (const name of ['/demo/api', '/demo/worker']) endpoint.store.createGroup(name);
});
afterAll(() => endpoint.close());

async function refusal(...argv: string[]): Promise<string> {
  const io = memoryIo({ env: endpointEnv(endpoint) });
  expect(await main(argv, io)).not.toBe(0);
  return io.stderr.text();
}

test.each([
  [
    'try: cwlogs fetch /a, or cwlogs groups, which lists them',
    'try: cwlogs demo fetch /a, or cwlogs demo groups, which lists them',
  ],
  ['cwlogs watch --help lists its own', 'cwlogs demo watch --help lists its own'],
  ['"cwlogs fetch" is not a cwlogs command', '"cwlogs fetch" is not a cwlogs command'],
  ['write: cwlogs demo fetch /a', 'write: cwlogs demo fetch /a'],
  ['CWLOGS_RATE holds what cwlogs fetches', 'CWLOGS_RATE holds what cwlogs fetches'],
])('in a demo %j says %j', (message, said) => {
  expect(asCalled(message, ['cwlogs', 'demo'])).toBe(said);
  expect(asCalled(message, ['cwlogs'])).toBe(message);
});

test('a demo names its own commands', async () => {
  expect(await refusal('demo', 'fetch', '/nosuch', '--start', '1h')).toBe(
    'cwlogs: log group "/nosuch" does not exist in us-east-1; cwlogs demo groups lists them\n',
  );
});

test.each([
  [
    ['fetch', '/demo', '--start', '1h'],
    '; did you mean "/demo/api" or "/demo/worker"? \'/demo/*\' means all of them\n',
  ],
  [['streams', '/demo/'], '; did you mean "/demo/api" or "/demo/worker"?\n'],
  [['fetch', 'nosuch', '--start', '1h'], '; cwlogs groups lists them\n'],
])('%j is told what there is', async (argv, end) => {
  expect(await refusal(...argv)).toBe(`cwlogs: log group "${argv[1]}" does not exist in us-east-1${end}`);
});
