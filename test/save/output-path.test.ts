import { resolve, sep } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import type { LogEvent } from '../../src/logs/event.js';
import { parseOutputPath } from '../../src/save/output-path.js';
import { toEvent } from '../logs/fixtures.js';
import { compileUtcTime } from '../render/fixtures.js';

const timestamp = Date.UTC(2026, 10, 20, 15, 4, 5);

test.each<[text: string, parts: Partial<LogEvent>, path: string]>([
  ['app.log', {}, 'app.log'],
  ['/var/log/app.log.gz', {}, '/var/log/app.log.gz'],
  ['out/{group}/{stream}.log.gz', { logGroupName: '/aws/lambda/api' }, 'out/_aws_lambda_api/s.log.gz'],
  ['{region}.log', {}, 'eu-west-1.log'],
  ['may/{time:yyyy-MM-dd}.log', {}, 'may/2026-11-20.log'],
  ['{time:yyyy_MM.dd-HHmm}', {}, '2026_11.20-1504'],
  ['a{{b}}.log', {}, 'a{b}.log'],
  ['{{{stream}}}', {}, '{s}'],
  ['{stream}', { logStreamName: '2026/11/20/[$LATEST]0a' }, '2026_11_20_%5B%24LATEST%5D0a'],
  ['{stream}', { logStreamName: '..' }, '%2E%2E'],
  ['{stream}', { logStreamName: '../../etc/passwd' }, '%2E%2E_.._etc_passwd'],
  ['{stream}', { logStreamName: '/etc/passwd' }, '_etc_passwd'],
  ['{stream}', { logStreamName: 'C:\\x' }, 'C%3A%5Cx'],
  ['{stream}', { logStreamName: '.bashrc' }, '%2Ebashrc'],
  ['{stream}', { logStreamName: 'ends.' }, 'ends%2E'],
  ['{stream}', { logStreamName: '' }, '_'],
  ['{stream}', { logStreamName: 'é\0' }, '%C3%A9%00'],
  ['{stream}.log', { logStreamName: 'con' }, '_con.log'],
  ['{stream}', { logStreamName: 'Lpt1.txt' }, '_Lpt1.txt'],
  ['c{stream}', { logStreamName: 'om1' }, '_com1'],
  ['{stream}', { logStreamName: 'console' }, 'console'],
])('%s, filled from %j, is %s', (text, parts, path) => {
  expect(parseOutputPath(text, compileUtcTime).pathOf(toEvent({ timestamp, ...parts }))).toBe(path);
});

test.each([
  ['app.log', 'app.log', false],
  ['a{{b}}.log', 'a{b}.log', false],
  ['out/{stream}.log', 'out/', true],
  ['out/web-{stream}.log', 'out/web-', true],
  ['{stream}.log', '', true],
])('%s begins with %j', (text, root, hasPlaceholders) => {
  expect(parseOutputPath(text, compileUtcTime)).toMatchObject({ root, hasPlaceholders });
});

test.each([
  '',
  '{}',
  '{name}',
  '{time}',
  '{time:}',
  '{time:YYYY}',
  '{time:yyyy-mm-dd}.log',
  '{time:yyyy/MM}',
  '{message}',
  'a{b',
  'a}b',
  '{{x}',
])('%j is refused', (text) => {
  expect(() => parseOutputPath(text, compileUtcTime)).toThrow(UsageError);
});

test('the values tell files apart even where their text runs together', () => {
  const { keyOf } = parseOutputPath('{group}-{stream}', compileUtcTime);
  expect(keyOf(toEvent({ logGroupName: 'a-b', logStreamName: 'c' }))).not.toBe(
    keyOf(toEvent({ logGroupName: 'a', logStreamName: 'b-c' })),
  );
});

const hostileName = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '/',
    '\\',
    '\0',
    'NUL',
    'com1.log',
    '🙂',
    '\ud800',
    '\udc00x',
    ' ',
    '~2',
    '-rf',
    'x'.repeat(512),
  ),
  fc.string({ unit: 'binary', maxLength: 512 }),
  fc.array(fc.constantFrom('.', '/', '\\', ':', 'a', 'é', '\n'), { maxLength: 512 }).map((pieces) => pieces.join('')),
);

test.each(['out/{stream}', 'out/{group}-{stream}.log.gz', 'out/{stream}{group}{region}'])(
  'whatever the values, %s is one name in out/ that every file system takes',
  (text) => {
    const { pathOf } = parseOutputPath(text, compileUtcTime);
    const folder = resolve('out') + sep;
    fc.assert(
      fc.property(hostileName, hostileName, (logStreamName, logGroupName) => {
        const path = pathOf(toEvent({ logStreamName, logGroupName }));
        expect(path).toMatch(/^out\/[A-Za-z0-9._%-]+$/);
        expect(resolve(path).startsWith(folder)).toBe(true);
        const name = path.slice('out/'.length);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255 - '~999999'.length);
        expect(name).not.toMatch(/^\.|\.$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(path.endsWith('.log.gz')).toBe(text.endsWith('.log.gz') || /\.log\.gz$/.test(logStreamName));
      }),
    );
  },
);
