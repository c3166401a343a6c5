import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LogWriterOptions, openLogWriter } from '../../src/handlers/log-writer.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { messagesOf } from './stored.js';

let endpoint: LocalEndpoint;
let problems: string[];

beforeEach(async () => {
  endpoint = await startEndpoint({});
  problems = [];
});
afterEach(() => endpoint.close());

function open(options: Partial<LogWriterOptions> = {}) {
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const onProblem = (text: string) => void problems.push(text);
  return openLogWriter({
    group: '/g',
    region: 'us-east-1',
    endpoint: endpoint.url,
    credentials,
    onProblem,
    ...options,
  });
}

test('two writers of one group have streams of their own', async () => {
  const [one, other] = [open(), open()];
  expect(one.stream).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-[0-9a-f]{8}$/);
  expect(one.stream).not.toBe(other.stream);
  await Promise.all([one.close(), other.close()]);
});

test('lines beyond the bound are lost, counted and said; those before it arrive', async () => {
  const writer = open({ maxBufferedBytes: 300 });
  for (let line = 0; line < 10; line++) writer.write(Date.now(), `${line} ${'x'.repeat(100)}`);
  const { delivered, undelivered } = await writer.close();
  expect(delivered).toBeGreaterThan(0);
  expect(delivered + undelivered).toBe(10);
  expect(problems).toEqual([
    'cwlogs: /g: 300 bytes wait already: lines are lost',
    `cwlogs: /g: ${undelivered} lines are lost in all`,
  ]);
  expect(await messagesOf(endpoint, '/g')).toHaveLength(delivered);
});

test('a line after the end is lost and said, and nothing is thrown', async () => {
  const writer = open();
  await writer.close();
  expect(writer.write(Date.now(), 'late')).toBe(false);
  expect(problems).toEqual(['cwlogs: /g: a closed logger was written to: lines are lost']);
});

test('a retention that the service does not have is refused at once', () => {
  expect(() => open({ retentionDays: 8 })).toThrow(expect.objectContaining({ name: 'UsageError' }));
});

test('what the service rejects is said with the reason', async () => {
  const writer = open();
  writer.write(0, 'of 1970');
  expect(await writer.close()).toMatchObject({ delivered: 0, rejected: { tooOld: 1 } });
  expect(problems).toEqual(['cwlogs: /g: lines are rejected: 1 tooOld']);
});

test.each([
  ['refuse', 'lines are lost: '],
  ['hang', 'lines are perhaps stored, perhaps lost: '],
] as const)('lines that an outage (%s) swallows are said', async (kind, said) => {
  await endpoint.beginOutage(kind);
  const writer = open();
  writer.write(Date.now(), 'x');
  expect(await writer.close({ withinMs: 50 })).toMatchObject({ delivered: 0, undelivered: 1 });
  expect(problems).toEqual([expect.stringContaining(`cwlogs: /g: 1 ${said}`)]);
});

test('problems may be logged to the logger that has them', async () => {
  const said: string[] = [];
  const writer = open({
    maxBufferedBytes: 1,
    onProblem: (text) => {
      said.push(text);
      writer.write(Date.now(), text);
    },
  });
  writer.write(Date.now(), 'one');
  writer.write(Date.now(), 'two');
  await writer.flush();
  writer.write(Date.now(), 'three');
  await writer.close();
  expect(said).toEqual(['cwlogs: /g: 1 bytes wait already: lines are lost', 'cwlogs: /g: 2 lines are lost in all']);
});

test.each([
  [{ group: 'bad group' }, 'group "bad group" is not a log group name'],
  [{ group: '' }, 'group "" is not a log group name'],
  [{ stream: 'a:b' }, 'stream "a:b" is not a stream name'],
])('%j is refused at once', (options, message) => {
  expect(() => open(options)).toThrow(message);
});
