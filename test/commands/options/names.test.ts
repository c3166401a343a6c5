import { expect, test } from 'vitest';
import { parseGroup, parseGroups, parseStreamName, refuseForeignArns } from '../../../src/commands/options/names.js';

test.each([
  ['', '--stream "" is empty'],
  ['x/[]', '--stream "x/[]" ends in [], where the shell took $LATEST for a variable; put the name in single quotes'],
  [
    'web/*',
    '--stream "web/*" is not a stream name: they hold neither : nor *; give the exact name, or the beginning of several by --stream-prefix',
  ],
  ['a:b', '--stream "a:b" is not a stream name'],
])('the stream %j is refused', (name, message) => {
  expect(() => parseStreamName(name, '--stream')).toThrow(message);
});

test('a stream name has at most 512 characters', () => {
  expect(parseStreamName('x'.repeat(512), '--stream')).toHaveLength(512);
  expect(() => parseStreamName('x'.repeat(513), '--stream')).toThrow('is longer than 512 characters');
});

const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/api';

test.each([
  '/aws/lambda/api',
  'app_1.log#2',
  '2026-11',
  'x'.repeat(512),
  arn,
  `${arn}:*`,
  'arn:aws-cn:logs:cn-north-1:123456789012:log-group:a',
])('%s is a group', (text) => {
  expect(parseGroup(text)).toBe(text);
});

test.each([
  [
    '123',
    '<group> "123" is a number, not a log group: an option before it takes one value or none; put groups right after the command',
  ],
  [
    'my group',
    '<group> "my group" is not a log group name: letters, digits and . - _ / # only, at most 512; cwlogs groups lists them',
  ],
  ['', 'is not a log group name'],
  ['x'.repeat(513), 'is not a log group name'],
  [
    'arn:aws:logs:eu-west-1:123456789012:log-group:/app:log-stream:s',
    'is not the ARN of a log group; it looks like arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/api',
  ],
  ['arn:aws:s3:::bucket', 'is not the ARN of a log group'],
])('the group %j is refused', (text, message) => {
  expect(() => parseGroup(text)).toThrow(message);
});

test('a group named twice is read once, in the order given', () => {
  expect(parseGroups(['/b', '/a', '/b'])).toEqual(['/b', '/a']);
  expect(parseGroups([`${arn}:*`, '/a', arn])).toEqual([`${arn}:*`, '/a']);
});

test('the ARN of a group in another region is refused with the flag that reads it', () => {
  const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/app';
  expect(() => refuseForeignArns(['/app', arn], ['us-east-1'])).toThrow(
    `<group> "${arn}" is in eu-west-1, and what is read is us-east-1; add --region eu-west-1`,
  );
  expect(() => refuseForeignArns([arn], ['us-east-1', 'eu-west-1'])).not.toThrow();
});

test.each([
  ['a b', '--group "a b" is not a log group name'],
  ['123', '--group "123" is a number'],
  [
    '/{a,b}',
    '--group "/{a,b}" is not a pattern of log group names: only * is a wildcard, and stands for any text; write --group /a --group /b',
  ],
  ['$.x', '--group "$.x" is not a log group name, but a part of a filter pattern'],
])('the value %j of an option is refused by its name', (text, message) => {
  expect(() => parseGroups([text], '--group')).toThrow(message);
});

test.each([
  ['/prod/api:web', '/prod/api --stream-prefix web'],
  ['/prod/api:web/[$LATEST]*', "/prod/api --stream-prefix 'web/[$LATEST]'"],
])('a group with a stream behind it, %s, is refused with the option for streams', (text, line) => {
  expect(() => parseGroups([text])).toThrow(
    `<group> "${text}" is not a log group name, which holds no :; a stream is chosen by an option: ${line}`,
  );
});
