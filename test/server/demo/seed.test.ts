import { expect, test } from 'vitest';
import { seedDemo, startDemo } from '../../../src/server/demo/seed.js';
import { createLogStore, type LogStore } from '../../../src/server/log-store.js';
import { createMovedClock } from '../moved-clock.js';
import { nowMs } from '../sdk.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const groups = ['/demo/api', '/demo/worker', '/demo/lambda'];
const store = seeded(nowMs);

function seeded(atMs: number, seed?: number): LogStore {
  const made = createLogStore(() => atMs);
  seedDemo(made, { nowMs: atMs, ...(seed === undefined ? {} : { seed }) });
  return made;
}

const eventsOf = (group: string, from = store) => from.group(group).timeline.events();
const messagesOf = (group: string) => eventsOf(group).map(({ message }) => message);

test.each(groups)('%s covers three whole days and today until now', (group) => {
  const [first, last] = [eventsOf(group)[0], eventsOf(group).at(-1)];
  const firstDayMs = Date.UTC(2026, 10, 17);
  expect(first?.timestamp).toBeGreaterThanOrEqual(firstDayMs);
  expect(first?.timestamp).toBeLessThan(firstDayMs + 600_000);
  expect(last?.timestamp).toBeLessThan(nowMs);
  expect(last?.timestamp).toBeGreaterThan(nowMs - 300_000);
  expect(store.group(group).creationTime).toBe(firstDayMs - 30 * dayMs);
});

test('no event was received before it happened or after now', () => {
  for (const { name } of store.groups.values()) {
    const wrong = eventsOf(name).filter(
      ({ timestamp, batch }) => batch.ingestionTime < timestamp || batch.ingestionTime > nowMs,
    );
    expect(wrong).toEqual([]);
  }
});

/** Every event in full, with all that its id is made of, as far as it had arrived by then. */
function arrived(from: LogStore, untilMs: number, sinceMs = 0): string[] {
  return groups
    .filter((group) => from.groups.has(group))
    .flatMap((group) =>
      eventsOf(group, from)
        .filter(({ timestamp, batch }) => timestamp >= sinceMs && batch.ingestionTime <= untilMs)
        .map(
          ({ timestamp, batch: { stream, ingestionTime, number }, index, message }) =>
            `${group} ${stream.name} ${timestamp} ${ingestionTime} ${number} ${index} ${message}`,
        ),
    );
}

/** The first place at which two long lists differ: comparing them as a whole would take seconds. */
function differenceOf(some: readonly string[], others: readonly string[]): object | undefined {
  const longer = some.length < others.length ? others : some;
  const index = longer.findIndex((_, place) => some[place] !== others[place]);
  return index === -1 ? undefined : { some: some[index], other: others[index] };
}

test.each([
  ['20 seconds', 20_000],
  ['3 hours', 3 * hourMs],
  ['almost 12 hours', 12 * hourMs - 1],
])('%s later on the same day nothing is gone, renamed or changed', (_, laterMs) => {
  expect(differenceOf(arrived(seeded(nowMs + laterMs), nowMs), arrived(store, nowMs))).toBeUndefined();
});

test('a batch has arrived as a whole or not at all, also where a run falls between its events', () => {
  const late = seeded(nowMs + 300_000);
  const between = groups
    .flatMap((group) => eventsOf(group, late))
    .filter(({ timestamp, index }) => timestamp > nowMs && index > 1)
    .slice(0, 3);
  expect(between.length).toBe(3);
  for (const { timestamp: atMs } of between) {
    expect(differenceOf(arrived(seeded(atMs), nowMs + 300_000, nowMs), arrived(late, atMs, nowMs))).toBeUndefined();
  }
});

/** What each stream said from the second of the shown days on, when the first is gone for the next day's run. */
function said(from: LogStore): Map<string, string[]> {
  const streams = groups.flatMap((group) => [...from.group(group).streams.values()]);
  const isShared = (timestamp: number) => timestamp > Date.UTC(2026, 10, 18, 1) && timestamp < nowMs - 60_000;
  return new Map(
    streams
      .filter(({ name }) => !/^2026\/11\/(?:17|21)/.test(name))
      .map(({ name, timeline }) => [
        name,
        timeline
          .events()
          .filter(({ timestamp }) => isShared(timestamp))
          .map(({ timestamp, message }) => `${timestamp} ${message}`),
      ]),
  );
}

test('on the next day the days that are still shown have the same streams and messages', () => {
  expect(said(seeded(nowMs + dayMs))).toEqual(said(store));
});

/** A store whose logs went on from noon to that time, looked at so often. */
function wentOn(untilMs: number, everyMs: number): LogStore {
  const made = createLogStore(() => untilMs);
  const ship = seedDemo(made, { nowMs });
  for (let atMs = nowMs; atMs < untilMs; atMs += everyMs) ship(atMs);
  ship(untilMs);
  return made;
}

test.each([
  ['looked at five times a second', 60_000, 200],
  ['looked at every 17 seconds', 3 * hourMs, 17_000],
  ['looked at only once more, after a sleep', 3 * hourMs, 3 * hourMs],
])('logs that went on, %s, are those of a run that began later', (_, forMs, everyMs) => {
  const untilMs = nowMs + forMs;
  const live = arrived(wentOn(untilMs, everyMs), untilMs, nowMs);
  expect(differenceOf(live, arrived(seeded(untilMs), untilMs, nowMs))).toBeUndefined();
  expect(live.length).toBeGreaterThan(forMs / 3_000);
});

test('logs that went on past midnight are those of the next day', () => {
  const untilMs = nowMs + 12.1 * hourMs;
  const streamed = wentOn(untilMs, 600_000);
  const today = Date.UTC(2026, 10, 21);
  const messages = (from: LogStore) =>
    groups.flatMap((group) =>
      eventsOf(group, from)
        .filter(({ timestamp }) => timestamp >= today)
        .map(({ batch, timestamp, message }) => `${batch.stream.name} ${timestamp} ${message}`),
    );
  expect(messages(streamed).length).toBeGreaterThan(150);
  expect(messages(streamed)).toEqual(messages(seeded(untilMs)));
});

test('something arrives in /demo/api about every two seconds, at any hour', () => {
  const arrivals = eventsOf('/demo/api').map(({ batch }) => batch.ingestionTime);
  arrivals.sort((a, b) => a - b);
  const gaps = arrivals.slice(1).map((arrivalMs, index) => arrivalMs - (arrivals[index] ?? 0));
  expect(gaps.filter((gap) => gap > 3_100)).toEqual([]);
  expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(2_000);
});

test('a demo goes on while its clock does, until it is stopped, and survives that a group is deleted', async () => {
  const clock = createMovedClock(nowMs);
  const live = createLogStore(clock.now);
  const stop = startDemo({ store: live, clock });
  const count = () => eventsOf('/demo/api', live).length;
  const before = count();
  live.deleteGroup('/demo/worker');
  await clock.advance(60_000);
  const after = count();
  expect(after).toBeGreaterThan(before + 29);
  expect(arrived(live, clock.now()).filter((event) => event.startsWith('/demo/worker'))).toEqual([]);
  stop();
  expect(clock.waiting).toBe(0);
  await clock.advance(60_000);
  expect(count()).toBe(after);
});

test('another seed makes other streams', () => {
  const namesOf = (from: LogStore) => groups.flatMap((group) => [...from.group(group).streams.keys()]);
  const names = new Set(namesOf(store));
  expect(names.size).toBe(18);
  expect(namesOf(seeded(nowMs, 2)).filter((name) => names.has(name))).toEqual([]);
});

test('every request is one JSON object at its own time', () => {
  const requests = eventsOf('/demo/api').filter(({ batch }) => batch.stream.name.startsWith('api/web/'));
  expect(requests.length).toBeGreaterThan(20_000);
  const wrong = requests.filter(({ timestamp, message }) => Date.parse(JSON.parse(message).time) !== timestamp);
  expect(wrong).toEqual([]);
});

test('most errors fall into the half hours of the backups, one of them in the last six hours', () => {
  const errors = eventsOf('/demo/api').filter(({ message }) => JSON.parse(message).status >= 500);
  const isNear = (timestamp: number) => timestamp % (6 * hourMs) >= hourMs && timestamp % (6 * hourMs) < 2 * hourMs;
  const near = errors.filter(({ timestamp }) => isNear(timestamp));
  expect(errors.length).toBeGreaterThan(100);
  expect(near.length).toBeGreaterThan(errors.length * 0.8);
  expect(near.filter(({ timestamp }) => timestamp > nowMs - 6 * hourMs).length).toBeGreaterThan(20);
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
