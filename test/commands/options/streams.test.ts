import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toStreamSelector } from '../../../src/commands/options/streams.js';

const folder = mkdtempSync(join(tmpdir(), 'cwlogs-streams-'));

test.each([
  [{}, { kind: 'all' }],
  [{ stream: ['b', 'a', 'b'] }, { kind: 'names', names: ['b', 'a'] }],
  [{ stream: ['2026/11/20/[$LATEST]abc'] }, { kind: 'names', names: ['2026/11/20/[$LATEST]abc'] }],
  [{ streamPrefix: '2026/' }, { kind: 'prefix', prefix: '2026/' }],
  [{ stream: ['2026/*'] }, { kind: 'prefix', prefix: '2026/' }],
  [{ stream: ['*'] }, { kind: 'all' }],
  [{ stream: ['a', '**'] }, { kind: 'all' }],
  [{ stream: ['2026/*[$LATEST]*'] }, { kind: 'patterns', patterns: ['2026/*[$LATEST]*'] }],
  [{ stream: ['web/*', 'w?'] }, { kind: 'patterns', patterns: ['web/*', 'w?'] }],
])('the streams %j are %j', (flags, selector) => {
  expect(toStreamSelector(flags)).toEqual(selector);
});

test('a list has one stream a line, blank lines aside, and goes together with others', () => {
  const list = join(folder, 'list.txt');
  writeFileSync(list, 'web/1\r\n\n[a]$?\nweb/2\n');
  expect(toStreamSelector({ stream: [`@${list}`, 'web/3', 'web/1'] })).toEqual({
    kind: 'names',
    names: ['web/1', '[a]$?', 'web/2', 'web/3'],
  });
});

test('a list that cannot be used is refused by its name', () => {
  const empty = join(folder, 'empty.txt');
  const bad = join(folder, 'bad.txt');
  writeFileSync(empty, '\n');
  writeFileSync(bad, 'a\nb:c\n');
  expect(() => toStreamSelector({ stream: [`@${empty}`] })).toThrow(
    `--stream "@${empty}" lists no stream; write one name a line`,
  );
  expect(() => toStreamSelector({ stream: [`@${bad}`] })).toThrow(
    `--stream @${bad}: "b:c" is not a stream name: they hold no :`,
  );
  expect(() => toStreamSelector({ stream: ['@/nowhere'] })).toThrow(
    '--stream "@/nowhere" is a list that cannot be read: ENOENT',
  );
});

test.each([
  [{ stream: [''] }, '--stream "" is empty'],
  [{ stream: ['a:*'] }, '--stream "a:*" is not a stream name: they hold no :'],
  [{ stream: ['2026/*[]*'] }, '--stream "2026/*[]*" ends in [], where the shell took $LATEST for a variable'],
  [
    { streamPrefix: 'a*' },
    `--stream-prefix "a*" is how names begin, as it stands: * is no wildcard in it; write --stream 'a*'`,
  ],
  [{ stream: ['a'], streamPrefix: 'b' }, '--stream and --stream-prefix cannot be used together; leave one out'],
])('%j is refused', (flags, message) => {
  expect(() => toStreamSelector(flags)).toThrow(message);
});
