import { expect, test } from 'vitest';
import { createTails } from '../../src/render/tails.js';

test.each([
  ['last segments differ', ['/aws/lambda/checkout', '/aws/lambda/payment'], ['checkout', 'payment']],
  ['last segments agree', ['/ecs/api/prod', '/ecs/web/prod'], ['api/prod', 'web/prod']],
  ['only some agree', ['/a/x', '/b/x', '/b/y'], ['a/x', 'b/x', 'y']],
  ['one contains the other', ['/a/x', '/a/x/errors'], ['x', 'errors']],
  ['one is the end of the other', ['x', 'a/x'], ['x', 'a/x']],
  ['only a slash differs', ['/app', 'app'], ['/app', 'app']],
  ['no segment at all', ['/', '/app'], ['/', 'app']],
  ['a long last segment keeps its end', ['/a/abcdefghijklm', '/a/b'], ['…defghijklm', 'b']],
  ['ends that agree once cut', ['one-abcdefghij', 'two-abcdefghij'], ['one-abcdefghij', 'two-abcdefghij']],
  ['wide characters are cut by their width', ['日本語日本語', 'b'], ['…本語日本語', 'b']],
  ['control characters are shown', ['a\u001b', 'b\n'], ['a^[', 'b^J']],
])('%s', (_, names, tails) => {
  expect(names.map(createTails(names, 11))).toEqual(tails);
});

test('names met one after another take more segments where the fewer are taken, and keep them', () => {
  const tailOf = createTails([], 12);
  const names = ['app/web/0123456789abcdef', 'app/worker/0123456789abcdef', 'app/web/0000456789abcdee'];
  const expected = ['…56789abcdef', 'worker/…56789abcdef', '…56789abcdee'];
  expect(names.map(tailOf)).toEqual(expected);
  expect(names.map(tailOf)).toEqual(expected);
});

test('a segment shared with an earlier name does not tell apart', () => {
  const tailOf = createTails([], 12);
  const names = ['i-0aaa/var/log/messages', 'i-0bbb/var/log/messages', 'i-0ccc/var/log/messages'];
  expect(names.map(tailOf)).toEqual(['messages', 'i-0bbb/var/log/messages', 'i-0ccc/var/log/messages']);
});
