import { expect, test } from 'vitest';
import { createEventReader, createLineReader } from '../../src/shape/line-events.js';

const isFirst = (line: string): boolean => /^\d/.test(line);
const timeOf = (line: string): number | undefined => (isFirst(line) ? Number.parseInt(line, 10) : undefined);

test('each line is an event of the time of its reading', () => {
  const reader = createLineReader({});
  expect([...reader.read(['a', 'b'], 5), ...reader.read(['c'], 6), ...reader.end()]).toEqual([
    { timestamp: 5, message: 'a' },
    { timestamp: 5, message: 'b' },
    { timestamp: 6, message: 'c' },
  ]);
});

test('a line without a time has that of the line before, the first one the present, and both are counted', () => {
  const reader = createLineReader({ timeOf });
  const events = [...reader.read(['x', '7 a', 'y', '8 b', 'z'], 5)];
  expect(events.map(({ timestamp }) => timestamp)).toEqual([5, 7, 7, 8, 8]);
  expect(reader.untimed).toBe(3);
});

test('a first line without a time is told of once, and no later one', () => {
  const told: string[] = [];
  const onUntimedStart = (line: string): void => void told.push(line);
  createLineReader({ timeOf, onUntimedStart }).read(['x', 'y', '7 a', 'z'], 5);
  createLineReader({ timeOf, onUntimedStart }).read(['7 a', 'z'], 5);
  expect(told).toEqual(['x']);
});

test('lines before the first time have that of their own reading', () => {
  const reader = createLineReader({ timeOf });
  const events = [...reader.read(['x'], 5), ...reader.read(['y', '7 a'], 6), ...reader.read(['z'], 8)];
  expect(events.map(({ timestamp }) => timestamp)).toEqual([5, 6, 7, 7]);
});

test('lines that continue an event are joined across readings, with the time of its first', () => {
  const reader = createLineReader({ isFirst, timeOf });
  expect([...reader.read(['1 a', ' b'], 5)]).toEqual([]);
  expect([...reader.read(['', ' c', '2 d'], 6)]).toEqual([{ timestamp: 1, message: '1 a\n b\n\n c' }]);
  expect(reader.end()).toEqual([{ timestamp: 2, message: '2 d' }]);
  expect(reader.end()).toEqual([]);
  expect(reader.untimed).toBe(0);
});

test('lines before the first that begins an event are one', () => {
  const reader = createLineReader({ isFirst });
  expect([...reader.read(['a', 'b', '1'], 5)]).toEqual([{ timestamp: 5, message: 'a\nb' }]);
});

test('where no line begins an event, lines are joined up to a bound, and the rest is begun anew', () => {
  const reader = createLineReader({ isFirst: () => false });
  const events = [...reader.read(Array<string>(3).fill('x'.repeat(4_000_000)), 5), ...reader.end()];
  expect(events.map(({ message }) => message.length)).toEqual([8_000_001, 4_000_000]);
});

test('events that were written as JSON are restored', () => {
  const line = '{"timestamp":7,"stream":"s","message":"a\\n","eventId":"1"}';
  expect([...createEventReader({ keepsStreams: true }, '--from-json').read([line, ' '], 5)]).toEqual([
    { timestamp: 7, message: 'a\n', logStream: 's' },
  ]);
  expect([...createEventReader({ keepsStreams: false }, '--from-json').read([line], 5)]).toEqual([
    { timestamp: 7, message: 'a\n' },
  ]);
});

test.each(['plain', 'null', '[]', '{"timestamp":"7","stream":"s","message":"a"}', '{"timestamp":7,"message":"a"}'])(
  'what is no event is refused with the number of its line: %s',
  (line) => {
    const reader = createEventReader({ keepsStreams: true }, '--from-json');
    const good = '{"timestamp":7,"stream":"s","message":"a"}';
    expect([...reader.read([good, ''], 5)]).toHaveLength(1);
    expect(() => [...reader.read([good, line], 5)]).toThrow('line 4 of stdin is none');
  },
);

test('an event of a stream that there cannot be is refused, with its line', () => {
  const reader = createEventReader({ keepsStreams: true }, '--from-json');
  const line = '{"timestamp":7,"stream":"a:b","message":"x"}';
  expect(() => [...reader.read([line], 5)]).toThrow(/line 1 of stdin is none/);
});
