import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEvent } from '../../../src/logs/event.js';
import { compareEvents } from '../../../src/logs/read/merge.js';
import { traceEventPages } from '../../../src/logs/read/trace-events.js';

function event(stream: string, timestamp: number, message: string): LogEvent {
  const eventId = `${stream}${String(timestamp).padStart(6, '0')}${message.length}`;
  return {
    region: 'r',
    logGroupName: '/g',
    logStreamName: stream,
    timestamp,
    ingestionTime: timestamp,
    eventId,
    message,
  };
}

async function* paged(events: readonly LogEvent[], size = 2): AsyncGenerator<LogEvent[]> {
  for (let at = 0; at < events.length; at += size) yield events.slice(at, at + size);
}

async function* each(events: readonly LogEvent[]): AsyncGenerator<LogEvent> {
  yield* events;
}

async function collect(pages: AsyncIterable<LogEvent[]>): Promise<LogEvent[]> {
  const all: LogEvent[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

test('hits without an invocation come as they are', async () => {
  const hits = [event('a', 1, 'one'), event('b', 2, 'two'), event('a', 3, 'three')];
  expect(await collect(traceEventPages(paged(hits), () => each([])))).toEqual(hits);
});

test('the lines of an invocation come in their place, each once', async () => {
  const start = event('l', 10, 'START RequestId: 7 Version: 1');
  const inside = event('l', 12, 'no id here');
  const report = event('l', 20, 'REPORT RequestId: 7');
  const other = event('a', 15, 'elsewhere 7');
  const after = event('a', 30, 'later 7');
  const trace = traceEventPages(paged([start, other, report, after]), () => each([start, inside, report]));
  expect(await collect(trace)).toEqual([start, inside, other, report, after]);
});

test('a start whose invocation can no longer be read is shown itself', async () => {
  const start = event('l', 10, 'START RequestId: 7');
  expect(await collect(traceEventPages(paged([start]), () => each([])))).toEqual([start]);
});

test('a hit that arrived after its invocation was read is not lost', async () => {
  const start = event('l', 10, 'START RequestId: 7');
  const late = event('l', 12, 'late 7');
  const report = event('l', 20, 'REPORT RequestId: 7');
  expect(await collect(traceEventPages(paged([start, late, report]), () => each([start, report])))).toEqual([
    start,
    late,
    report,
  ]);
});

test('hits and invocations of any number come in order, each once', async () => {
  const layout = fc.array(
    fc.record({
      stream: fc.constantFrom('l1', 'l2', 'l3'),
      atMs: fc.integer({ min: 0, max: 60 }),
      gaps: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }),
    }),
    { maxLength: 4 },
  );
  const elsewhere = fc.uniqueArray(fc.integer({ min: 0, max: 90 }), { maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(layout, elsewhere, fc.integer({ min: 1, max: 4 }), async (invocations, others, pageSize) => {
      const seen = new Set<string>();
      const lines = invocations.flatMap(({ stream, atMs, gaps }) => {
        // One container runs one invocation at a time: the next begins after it.
        if (seen.has(stream)) return [];
        seen.add(stream);
        let ms = atMs;
        const inside = gaps.map((gap, index) => {
          ms += gap + 1;
          return event(stream, ms, `x${'y'.repeat(index)}`);
        });
        return [[event(stream, atMs, 'START RequestId: 7'), ...inside, event(stream, ms + 1, 'REPORT RequestId: 7')]];
      });
      const hits = [
        ...lines.flatMap((all) => all.filter(({ message }) => message.includes('7'))),
        ...others.map((ms) => event('other', ms, 'with 7')),
      ].sort(compareEvents);
      const whole = [...lines.flat(), ...others.map((ms) => event('other', ms, 'with 7'))].sort(compareEvents);
      const open = (start: LogEvent) => each(lines.find(([first]) => first?.eventId === start.eventId) ?? []);
      expect(await collect(traceEventPages(paged(hits, pageSize), open))).toEqual(whole);
    }),
  );
});

test('a consumer that leaves ends the reading of invocations', async () => {
  let ended = false;
  async function* endless(): AsyncGenerator<LogEvent> {
    try {
      for (let ms = 10; ; ms++) yield event('l', ms, ms === 10 ? 'START RequestId: 7' : 'x');
    } finally {
      ended = true;
    }
  }
  const hits = [event('l', 10, 'START RequestId: 7'), event('a', 5_000, 'y 7')];
  for await (const page of traceEventPages(paged(hits), endless)) {
    expect(page).toHaveLength(1_000);
    break;
  }
  expect(ended).toBe(true);
});
