import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../../src/logs/event.js';
import { createJoin } from '../../src/shape/multiline.js';
import { toEvent } from '../logs/fixtures.js';

/** `a1.S@7` is the event 1 of stream a at 7 s; S begins a record. */
function toNamed(word: string): LogEvent {
  const [message = '', seconds = '0'] = word.split('@');
  return toEvent({ logStreamName: word.slice(0, 1), message, timestamp: Number(seconds) * 1_000, eventId: message });
}

const isFirst = (message: string): boolean => message.endsWith('S');

function run(line: string, maxHeldChars?: number): string[] {
  const stage = createJoin({ isFirst, ...(maxHeldChars === undefined ? {} : { maxHeldChars }) });
  const records: LogEvent[] = [];
  for (const word of line.split(' ')) {
    stage.push(toNamed(word));
    records.push(...stage.take());
  }
  return [...records, ...stage.flush()].map(({ message }) => message.replaceAll('\n', ' '));
}

describe('records', () => {
  test.each<[string, string, string[]]>([
    ['up to the next first line', 'a1S a2 a3 a4S a5', ['a1S a2 a3', 'a4S a5']],
    ['of each stream on its own', 'a1S b1S a2 b2 a3', ['a1S a2 a3', 'b1S b2']],
    ['in the order of their first events', 'b1S a1S a2S b2', ['b1S b2', 'a1S', 'a2S']],
    ['what begins in the middle of one', 'a1 a2 a3S', ['a1 a2', 'a3S']],
    ['a line that comes long after is none of it', 'a1S@0 a2@4 a3@9 a4@15', ['a1S a2 a3', 'a4']],
  ])('%s', (_, line, expected) => {
    expect(run(line)).toEqual(expected);
  });

  test('one newline stands between messages; time and id are those of the first', () => {
    const stage = createJoin({ isFirst: (message) => message === 'x' });
    const first = toEvent({ message: 'x\n', timestamp: 5, eventId: '7' });
    stage.push(first);
    stage.push(toEvent({ message: '  at y\r\n', timestamp: 6, eventId: '8' }));
    expect(stage.flush()).toEqual([{ ...first, message: 'x\n  at y' }]);
  });

  test('an event alone stays as it is', () => {
    const stage = createJoin({ isFirst: () => true });
    const event = toEvent({ message: 'x\n' });
    stage.push(event);
    expect(stage.flush()[0]).toBe(event);
  });

  test('a record ends when an event of any stream is long after it', () => {
    const stage = createJoin({ isFirst });
    stage.push(toNamed('a1S@0'));
    stage.push(toNamed('b1S@5'));
    expect(stage.take()).toEqual([]);
    stage.push(toNamed('b2@5.001'));
    expect(stage.take().map(({ message }) => message)).toEqual(['a1S']);
  });

  test('a record ends with the second tick after it has grown', () => {
    const stage = createJoin({ isFirst });
    stage.push(toNamed('a1S'));
    stage.tick();
    stage.push(toNamed('a2'));
    stage.tick();
    expect(stage.take()).toEqual([]);
    stage.tick();
    expect(stage.take().map(({ message }) => message)).toEqual(['a1S\na2']);
  });

  test('what waits is bounded: the record that is waited for is given out as it is', () => {
    expect(run('a1S b1S b2S a2', 8)).toEqual(['a1S', 'b1S', 'b2S', 'a2']);
    expect(run('a1S b1S b2S a2', 9)).toEqual(['a1S a2', 'b1S', 'b2S']);
  });

  test('a record is bounded in lines', () => {
    const stage = createJoin({ isFirst });
    for (let at = 0; at < 5_001; at++) stage.push(toNamed(`a${at}`));
    expect(stage.flush().map(({ message }) => message.split('\n').length)).toEqual([5_000, 1]);
  });
});

test('nothing is lost or changed: the lines of each stream come out in their order, every record begins where it should', () => {
  const words = fc.array(
    fc.record({ stream: fc.constantFrom('a', 'b'), first: fc.boolean(), gap: fc.constantFrom(0, 1, 6) }),
  );
  fc.assert(
    fc.property(words, (sequence) => {
      const secondsAt = sequence.map((_, at) => sequence.slice(0, at + 1).reduce((sum, { gap }) => sum + gap, 0));
      const line = sequence.map(({ stream, first }, at) => `${stream}${at}${first ? 'S' : ''}@${secondsAt[at]}`);
      fc.pre(line.length > 0);
      const records = run(line.join(' '));
      for (const stream of ['a', 'b']) {
        const own = (names: readonly string[]) => names.filter((name) => name.startsWith(stream));
        const out = records.flatMap((record) => record.split(' '));
        expect(own(out)).toEqual(own(line.map((word) => word.split('@')[0] ?? '')));
      }
      const starts = records.map((record) => Number(/\d+/.exec(record)?.[0]));
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
      expect(records.every((record) => !record.split(' ').slice(1).some(isFirst))).toBe(true);
    }),
  );
});
