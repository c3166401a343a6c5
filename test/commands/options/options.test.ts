import { Command } from 'commander';
import { expect, test } from 'vitest';
import { parseGroup, parseGroups, parseStreamName, refuseForeignArns } from '../../../src/commands/options/names.js';
import {
  addGlobalOptions,
  addRangeOptions,
  addZoneOptions,
  collect,
  type GlobalFlags,
  parseChoice,
  parseConcurrency,
  parseCount,
  parseRate,
  rangeFlags,
  refuseTogether,
  toClientOptions,
} from '../../../src/commands/options/options.js';
import { addStreamOptions } from '../../../src/commands/options/streams.js';
import { memoryIo } from '../../support/memory-io.js';

test.each<[string, object]>([
  ['', { color: 'auto' }],
  ['--profile prod --endpoint-url http://127.0.0.1:1', { profile: 'prod', endpointUrl: 'http://127.0.0.1:1' }],
  ['--region eu-west-1 --region us-east-1', { region: ['eu-west-1', 'us-east-1'] }],
  ['-q --debug --color never', { quiet: true, debug: true, color: 'never' }],
  ['--tz Europe/Berlin --utc', { tz: 'Europe/Berlin', utc: true }],
  ['-s 2h -e 1h', { start: '2h', end: '1h' }],
  ['--since 2h --until 1h', { since: '2h', until: '1h' }],
  ['--on yesterday', { on: 'yesterday' }],
  ['--around 15:00 --window 5m', { around: '15:00', window: '5m' }],
  ['--stream a --stream b', { stream: ['a', 'b'] }],
  ['--stream-prefix web/', { streamPrefix: 'web/' }],
])('"%s" is read as %j', (line, flags) => {
  const command = new Command().argument('[group...]').exitOverride();
  for (const add of [addGlobalOptions, addZoneOptions, addRangeOptions, addStreamOptions]) add(command);
  command.parse(`${line} /app`.trim().split(' '), { from: 'user' });
  expect(command.opts()).toEqual({ color: 'auto', ...flags });
  expect(command.args).toEqual(['/app']);
});

test('--since and --until are other names of --start and --end', () => {
  expect(rangeFlags({ since: '2h', until: '1h', window: '5m' })).toEqual({ start: '2h', end: '1h', window: '5m' });
  expect(rangeFlags({ start: '2h' })).toEqual({ start: '2h' });
});

test.each([
  [{ start: '2h', since: '3h' }, '--start and --since cannot be used together; leave one out'],
  [{ end: '2h', until: '3h' }, '--end and --until cannot be used together; leave one out'],
])('%j is refused', (flags, message) => {
  expect(() => rangeFlags(flags)).toThrow(message);
});

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

test.each([
  ['1', 1],
  ['100', 100],
  ['007', 7],
])('the count %s is %i', (text, count) => {
  expect(parseCount(text, '--limit')).toBe(count);
});

test.each(['0', '-1', '1.5', '1e3', '', ' 1', 'ten', '0x10', '9007199254740993'])('the count %j is refused', (text) => {
  const quoted = JSON.stringify(text);
  expect(() => parseCount(text, '--limit')).toThrow(
    `--limit ${quoted} is not a whole number of at least 1; try --limit 100`,
  );
});

test.each([
  ['Ireland', 'try --region eu-west-1'],
  ['eu-west-1,us-east-1', 'repeat it: --region eu-west-1 --region us-east-1'],
])('the region %s is refused', (region, fix) => {
  expect(() => toClientOptions({ color: 'auto', region: [region] }, memoryIo())).toThrow(
    `--region "${region}" is not an AWS region; ${fix}`,
  );
});

test('requests in flight are bounded by the connections there are', () => {
  expect(parseConcurrency('50')).toBe(50);
  expect(() => parseConcurrency('51')).toThrow(
    '--concurrency "51" is above 50, the connections there are: further requests would only wait in line; try --concurrency 50',
  );
  expect(() => parseConcurrency('0')).toThrow(
    '--concurrency "0" is not a whole number of at least 1; try --concurrency 8',
  );
});

test.each([
  ['25', 25],
  ['0.5', 0.5],
])('the rate %s is %d', (text, rate) => {
  expect(parseRate(text, '--rate')).toBe(rate);
});

test.each(['0', '0.0', '-1', '.5', '5.', '1e3', 'fast', ''])('the rate %j is refused', (text) => {
  const quoted = JSON.stringify(text);
  expect(() => parseRate(text, '--rate')).toThrow(
    `--rate ${quoted} is not a number of requests a second; try --rate 10`,
  );
});

test('a choice is one of its words, exactly', () => {
  expect(parseChoice('never', '--color', ['auto', 'always', 'never'])).toBe('never');
  expect(() => parseChoice('Never', '--color', ['auto', 'never'])).toThrow(
    '--color "Never" is not known; use auto, never',
  );
});

test.each([
  [undefined, undefined],
  ['a', undefined],
  [undefined, 'b'],
  [true, false],
  [false, 'b'],
])('%j and %j go together', (value, other) => {
  expect(() => refuseTogether('--tz', value, '--utc', other)).not.toThrow();
});

test.each([
  ['a', 'b'],
  ['', true],
  [0, true],
])('%j and %j are refused together', (value, other) => {
  expect(() => refuseTogether('--tz', value, '--utc', other)).toThrow('--tz and --utc cannot be used together');
});

test('a repeatable option grows without changing what it had', () => {
  const before = ['a'];
  expect(collect('b', before)).toEqual(['a', 'b']);
  expect(before).toEqual(['a']);
  expect(collect('a')).toEqual(['a']);
});

const none: GlobalFlags = { color: 'auto' };
const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };

test.each<[string, Partial<GlobalFlags>, Record<string, string>, object[]]>([
  ['nothing: the SDK decides', {}, {}, [{}]],
  ['a region of the environment', {}, { AWS_REGION: 'eu-west-1' }, [{ region: 'eu-west-1' }]],
  ['the region that the AWS CLI knows', {}, { AWS_DEFAULT_REGION: 'eu-west-1' }, [{ region: 'eu-west-1' }]],
  [
    'both: the SDK’s own wins',
    {},
    { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-1' },
    [{ region: 'eu-west-1' }],
  ],
  ['a flag over the environment', { region: ['us-east-1'] }, { AWS_REGION: 'eu-west-1' }, [{ region: 'us-east-1' }]],
  [
    'several regions, each once',
    { region: ['us-east-1', 'eu-west-1', 'us-east-1'], profile: 'prod' },
    {},
    [
      { region: 'us-east-1', profile: 'prod' },
      { region: 'eu-west-1', profile: 'prod' },
    ],
  ],
  ['a profile of the environment', {}, { AWS_PROFILE: 'dev' }, [{ profile: 'dev' }]],
  ['a flag over that profile', { profile: 'prod' }, { AWS_PROFILE: 'dev' }, [{ profile: 'prod' }]],
  ['keys of the environment', {}, keys, [{ credentials }]],
  [
    'temporary keys',
    {},
    { ...keys, AWS_SESSION_TOKEN: 'token' },
    [{ credentials: { ...credentials, sessionToken: 'token' } }],
  ],
  ['half a pair of keys', {}, { AWS_ACCESS_KEY_ID: 'id' }, [{}]],
  ['a profile over keys', { profile: 'prod' }, keys, [{ profile: 'prod' }]],
  ['an endpoint', { endpointUrl: 'http://127.0.0.1:1' }, {}, [{ endpoint: 'http://127.0.0.1:1' }]],
  ['an endpoint of all services', {}, { AWS_ENDPOINT_URL: 'http://a:1' }, [{ endpoint: 'http://a:1' }]],
  [
    'an endpoint of this service over it',
    {},
    { AWS_ENDPOINT_URL: 'http://a:1', AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://b:2' },
    [{ endpoint: 'http://b:2' }],
  ],
  ['a rate', {}, { CWLOGS_RATE: '2.5' }, [{ ratePerSecond: 2.5 }]],
])('clients are made from %s', (_, flags, env, options) => {
  expect(toClientOptions({ ...none, ...flags }, memoryIo({ env }))).toEqual(options);
});

test.each(['eu-west-1', 'ap-southeast-3', 'us-gov-west-1', 'cn-northwest-1', 'us-isob-east-1', 'eusc-de-east-1'])(
  '%s is a region',
  (region) => {
    expect(toClientOptions({ ...none, region: [region] }, memoryIo())).toMatchObject([{ region }]);
  },
);

test.each<[Partial<GlobalFlags>, Record<string, string>, string]>([
  [{ region: ['Ireland'] }, {}, '--region "Ireland" is not an AWS region; try --region eu-west-1'],
  [{ region: ['eu-west-1,us-east-1'] }, {}, 'is not an AWS region'],
  [{ endpointUrl: 'localhost:4588' }, {}, '--endpoint-url "localhost:4588" is not a URL; try http://127.0.0.1:4588'],
  [{}, { AWS_ENDPOINT_URL: 'here' }, 'AWS_ENDPOINT_URL "here" is not a URL'],
  [{}, { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'here' }, 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS "here" is not a URL'],
  [{}, { CWLOGS_RATE: 'fast' }, 'CWLOGS_RATE "fast" is not a number of requests a second; try CWLOGS_RATE 10'],
])('%j with %j is refused: %s', (flags, env, message) => {
  expect(() => toClientOptions({ ...none, ...flags }, memoryIo({ env }))).toThrow(message);
});

test('the ARN of a group in another region is refused with the flag that reads it', () => {
  const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/app';
  expect(() => refuseForeignArns(['/app', arn], ['us-east-1'])).toThrow(
    `<group> "${arn}" is in eu-west-1, and what is read is us-east-1; add --region eu-west-1`,
  );
  expect(() => refuseForeignArns([arn], ['us-east-1', 'eu-west-1'])).not.toThrow();
});
