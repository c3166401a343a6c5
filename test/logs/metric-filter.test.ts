import { CloudWatchLogsClient, TestMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { testFilterPattern } from '../../src/logs/metric-filter.js';

const service = mockClient(CloudWatchLogsClient);
const client = new CloudWatchLogsClient({ region: 'us-east-1' });

beforeEach(() => {
  service.reset();
  service.on(TestMetricFilterCommand).callsFake(({ filterPattern, logEventMessages }) => ({
    matches: logEventMessages.flatMap((eventMessage: string, index: number) =>
      eventMessage.includes(filterPattern) ? [{ eventNumber: index + 1, eventMessage, extractedValues: {} }] : [],
    ),
  }));
});

function sent(): (number | undefined)[] {
  return service.commandCalls(TestMetricFilterCommand).map(({ args }) => args[0].input.logEventMessages?.length);
}

test('each message is answered, at its place', async () => {
  expect(await testFilterPattern(client, 'x', ['x', 'y', 'axb', 'y', 'x'])).toEqual([true, false, true, false, true]);
  expect(sent()).toEqual([5]);
});

test('fifty messages go into one request', async () => {
  const messages = Array.from({ length: 120 }, (_, index) => (index % 50 === 0 ? `x${index}` : 'y'));
  const answers = await testFilterPattern(client, 'x', messages);
  expect(answers.flatMap((answer, index) => (answer ? [index] : []))).toEqual([0, 50, 100]);
  expect(sent()).toEqual([50, 50, 20]);
});

test('an empty message is not asked about, and the others keep their places', async () => {
  expect(await testFilterPattern(client, 'x', ['', 'x', '', 'y', 'x'])).toEqual([false, true, false, false, true]);
  expect(sent()).toEqual([3]);
});

test('no message, no request', async () => {
  expect(await testFilterPattern(client, 'x', ['', ''])).toEqual([false, false]);
  expect(sent()).toEqual([]);
});

test('once interrupted it asks no more', async () => {
  const stop = new AbortController();
  stop.abort(new Error('interrupted'));
  await expect(testFilterPattern(client, 'x', ['x'], { signal: stop.signal })).rejects.toThrow('interrupted');
  expect(sent()).toEqual([]);
});

test('an interruption reaches the request that is under way', async () => {
  const { signal } = new AbortController();
  await testFilterPattern(client, 'x', ['x'], { signal });
  expect(service.commandCalls(TestMetricFilterCommand)[0]?.args.at(1)).toMatchObject({ abortSignal: signal });
});
