import { expect, test } from 'vitest';
import { seedDemo } from '../../src/server/demo-data.js';
import { createLogStore } from '../../src/server/log-store.js';
import { nowMs } from './sdk.js';

const dayMs = 86_400_000;
const store = createLogStore(() => nowMs);
seedDemo(store, { nowMs });

const eventsOf = (group: string) => store.group(group).timeline.events();
const messagesOf = (group: string) => eventsOf(group).map(({ message }) => message);

test.each(['/demo/api', '/demo/worker', '/demo/lambda'])(
  '%s covers three days and ends seconds before now',
  (group) => {
    const [first, last] = [eventsOf(group)[0], eventsOf(group).at(-1)];
    expect(nowMs - (first?.timestamp ?? 0)).toBeGreaterThan(2.95 * dayMs);
    expect(nowMs - (first?.timestamp ?? 0)).toBeLessThanOrEqual(3 * dayMs);
    expect(nowMs - (last?.timestamp ?? 0)).toBeGreaterThan(0);
    expect(nowMs - (last?.timestamp ?? 0)).toBeLessThan(10_000);
    expect(store.group(group).creationTime).toBe(nowMs - 30 * dayMs);
  },
);

test('no event was received before it happened or after now', () => {
  for (const { name } of store.groups.values()) {
    const wrong = eventsOf(name).filter(
      ({ timestamp, batch }) => batch.ingestionTime < timestamp || batch.ingestionTime > nowMs,
    );
    expect(wrong).toEqual([]);
  }
});

test('the same seed and time make the same events', () => {
  const again = createLogStore(() => nowMs);
  seedDemo(again, { nowMs });
  expect(
    again
      .group('/demo/worker')
      .timeline.events()
      .map(({ message }) => message),
  ).toEqual(messagesOf('/demo/worker'));
});

test('every request is one JSON object at its own time', () => {
  const wrong = eventsOf('/demo/api').filter(
    ({ timestamp, message }) => Date.parse(JSON.parse(message).time) !== timestamp,
  );
  expect(wrong).toEqual([]);
});

test('most errors are those of the incident some hours ago', () => {
  const errors = eventsOf('/demo/api').filter(({ message }) => JSON.parse(message).status >= 500);
  const recent = errors.filter(
    ({ timestamp }) => timestamp > nowMs - 6 * 3_600_000 && timestamp < nowMs - 4 * 3_600_000,
  );
  expect(errors.length).toBeGreaterThan(100);
  expect(recent.length).toBeGreaterThan(errors.length / 4);
});

test('the worker goes on with requests of the API and writes stack traces', () => {
  const ids = new Set(messagesOf('/demo/api').map((message) => JSON.parse(message).requestId));
  const named = messagesOf('/demo/worker').flatMap((message) => /request=(\S+)/.exec(message)?.[1] ?? []);
  expect(named.length).toBeGreaterThan(1_000);
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
  expect(messagesOf('/demo/worker').some((message) => /\n\tat .*\n\tat /.test(message))).toBe(true);
});

test('an invocation is reported once it has ended, in a stream of its own day', () => {
  const wrong = eventsOf('/demo/lambda').filter(({ timestamp, batch, message }) => {
    const day = batch.stream.name.slice(0, 10).replaceAll('/', '-');
    const date = new Date(timestamp).toISOString();
    // An invocation that is still running at midnight ends in the stream in which it began.
    return message.startsWith('START') && !date.startsWith(day);
  });
  expect(wrong).toEqual([]);
  expect(
    [...store.group('/demo/lambda').streams.keys()].filter(
      (name) => !/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/.test(name),
    ),
  ).toEqual([]);
  const count = (start: string) => messagesOf('/demo/lambda').filter((message) => message.startsWith(start)).length;
  expect(count('START') - count('REPORT')).toBeLessThanOrEqual(5);
  expect(count('REPORT')).toBe(count('END'));
});
