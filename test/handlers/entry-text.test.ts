import { expect, test } from 'vitest';
import { toMessage } from '../../src/handlers/entry-text.js';

const circular: Record<string, unknown> = { name: 'loop' };
circular.self = circular;

test.each<[string, unknown, string]>([
  ['text as it is', 'two\nlines', 'two\nlines'],
  ['an object', { job: 7, ok: true }, '{"job":7,"ok":true}'],
  ['a number', 12, '12'],
  ['nothing', undefined, 'undefined'],
  ['a large number', { id: 12345678901234567890n }, '{"id":"12345678901234567890"}'],
  ['a date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
  ['what holds itself, as a picture', circular, "<ref *1> { name: 'loop', self: [Circular *1] }"],
])('%s', (_, entry, message) => {
  expect(toMessage(entry)).toBe(message);
});

test('an error, with its stack, its cause and its own fields', () => {
  const error = Object.assign(new Error('outer', { cause: new TypeError('inner') }), { code: 'E1' });
  expect(JSON.parse(toMessage({ error }))).toMatchObject({
    error: { name: 'Error', message: 'outer', code: 'E1', stack: error.stack, cause: { name: 'TypeError' } },
  });
});
