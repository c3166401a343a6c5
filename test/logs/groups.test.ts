import { DescribeLogGroupsCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, expect, test } from 'vitest';
import { GroupNotFoundError } from '../../src/errors.js';
import { earliestEventMs, explainMissingGroup, type GroupSelector, listGroups } from '../../src/logs/groups.js';
import { collect, createMockedClient, toFailure, toMissingGroup } from './fixtures.js';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 10, 20, 12);
let { client, mock } = createMockedClient();

beforeEach(() => {
  ({ client, mock } = createMockedClient());
});

test('groups are listed page by page to the end, past an empty page', async () => {
  mock
    .on(DescribeLogGroupsCommand)
    .resolvesOnce({ logGroups: [{ logGroupName: '/a' }, { logGroupName: '/b' }], nextToken: '1' })
    .resolvesOnce({ logGroups: [], nextToken: '2' })
    .resolvesOnce({ logGroups: [{ logGroupName: '/c' }] });
  expect((await collect(listGroups(client))).map(({ logGroupName }) => logGroupName)).toEqual(['/a', '/b', '/c']);
  expect(inputs()).toEqual([
    { limit: 50, nextToken: undefined },
    { limit: 50, nextToken: '1' },
    { limit: 50, nextToken: '2' },
  ]);
});

test.each<[GroupSelector, object]>([
  [{ kind: 'all' }, { limit: 50 }],
  [
    { kind: 'prefix', prefix: '/aws/' },
    { limit: 50, logGroupNamePrefix: '/aws/' },
  ],
  [
    { kind: 'substring', substring: 'api' },
    { limit: 50, logGroupNamePattern: 'api' },
  ],
])('%j is asked for as %j', async (selector, sent) => {
  answerWith();
  await collect(listGroups(client, selector));
  expect(inputs()).toEqual([sent]);
});

test('a consumer that leaves causes no further request', async () => {
  mock.on(DescribeLogGroupsCommand).resolves({ logGroups: [{ logGroupName: '/a' }], nextToken: '1' });
  for await (const _ of listGroups(client)) break;
  expect(inputs()).toHaveLength(1);
});

test('an abort between pages throws its reason and causes no further request', async () => {
  mock.on(DescribeLogGroupsCommand).resolves({ logGroups: [{ logGroupName: '/a' }], nextToken: '1' });
  const controller = new AbortController();
  const groups = listGroups(client, { kind: 'all' }, { signal: controller.signal });
  await groups.next();
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(groups.next()).rejects.toBe(reason);
  expect(inputs()).toHaveLength(1);
});

test.each<[string, LogGroup, number]>([
  ['kept for ever: 14 days before its creation', { creationTime: nowMs - 100 * dayMs }, nowMs - 114 * dayMs],
  [
    'kept for a week: that and the 72 hours of removal',
    { creationTime: nowMs - 100 * dayMs, retentionInDays: 7 },
    nowMs - 10 * dayMs,
  ],
  [
    'younger than its retention: 14 days before its creation',
    { creationTime: nowMs - dayMs, retentionInDays: 30 },
    nowMs - 15 * dayMs,
  ],
  ['of unknown age: the beginning of time', {}, 0],
])('the earliest event of a group %s', async (_, group, earliestMs) => {
  answerWith({ logGroupName: '/app-old', creationTime: nowMs }, { ...group, logGroupName: '/app' });
  expect(await earliestEventMs(client, '/app', nowMs)).toBe(earliestMs);
  expect(inputs()).toMatchObject([{ logGroupNamePrefix: '/app' }]);
});

test('where describing is denied, reading begins at 0', async () => {
  mock.on(DescribeLogGroupsCommand).rejects(toFailure('AccessDeniedException', 'no'));
  expect(await earliestEventMs(client, '/app', nowMs)).toBe(0);
});

test('a group that is not listed begins at 0: reading it tells what is wrong', async () => {
  answerWith({ logGroupName: '/application', creationTime: nowMs });
  expect(await earliestEventMs(client, '/app', nowMs)).toBe(0);
});

test('a group given by ARN begins at 0, without a request', async () => {
  expect(await earliestEventMs(client, 'arn:aws:logs:eu-west-1:123456789012:log-group:/app', nowMs)).toBe(0);
  expect(inputs()).toEqual([]);
});

test('any other failure to describe a group is thrown', async () => {
  const failure = toFailure('ThrottlingException', 'Rate exceeded');
  mock.on(DescribeLogGroupsCommand).rejects(failure);
  await expect(earliestEventMs(client, '/app', nowMs)).rejects.toBe(failure);
});

test.each([
  [
    'a slip of the finger',
    '/aws/lambda/chekout',
    ['/aws/lambda/checkout', '/aws/lambda/image-resizer'],
    ['/aws/lambda/checkout'],
  ],
  ['another case', '/AWS/Lambda/API', ['/aws/lambda/api', '/other/thing'], ['/aws/lambda/api']],
  ['the last part alone', 'checkout', ['/aws/lambda/prod-checkout', '/x'], ['/aws/lambda/prod-checkout']],
  ['nothing alike', '/billing', ['/aws/lambda/api', '/prod/web'], []],
  ['a letter that is in any name', '/a/b', ['/demo/lambda', '/prod/web'], []],
  ['another short name', '/prod/db', ['/prod/ui', '/prod/api'], []],
  ['two letters that have changed places', '/prod/worekr', ['/prod/worker', '/prod/web'], ['/prod/worker']],
  ['two letters of a short name that have changed places', '/prod/wbe', ['/prod/web'], ['/prod/web']],
  ['names below it', '/demo', ['/demo/api', '/demo/lambda'], ['/demo/api', '/demo/lambda']],
  ['many alike: the nearest three', 'app', ['app1234', 'app123', 'app12', 'app1'], ['app1', 'app12', 'app123']],
])('near names for %s', async (_, missing, existing, near) => {
  answerWith(...existing.map((logGroupName) => ({ logGroupName })));
  const failure = toMissingGroup(missing);
  const explained = await explainMissingGroup(client, failure);
  expect(explained).toBeInstanceOf(GroupNotFoundError);
  expect(explained).toMatchObject({ logGroup: missing, near, failed: failure });
});

test('names are looked for beside the missing one first, and then everywhere', async () => {
  mock.on(DescribeLogGroupsCommand, { logGroupNamePrefix: '/aws/lamda/' }).resolves({ logGroups: [] });
  mock
    .on(DescribeLogGroupsCommand, { limit: 50, nextToken: undefined }, true)
    .resolves({ logGroups: [{ logGroupName: '/aws/lambda/api' }] });
  const explained = await explainMissingGroup(client, toMissingGroup('/aws/lamda/api'));
  expect(explained).toMatchObject({ near: ['/aws/lambda/api'] });
  expect(inputs()).toHaveLength(2);
});

test('an account of thousands of groups is not listed for a hint', async () => {
  const logGroups = Array.from({ length: 50 }, (_, index) => ({ logGroupName: `/g${index}` }));
  mock.on(DescribeLogGroupsCommand).resolves({ logGroups, nextToken: '1' });
  await explainMissingGroup(client, toMissingGroup('/nope'));
  // Four pages of names, and one of those below it.
  expect(inputs()).toHaveLength(5);
});

test('where listing is denied, the missing group is told without names', async () => {
  mock.on(DescribeLogGroupsCommand).rejects(toFailure('AccessDeniedException', 'no'));
  const explained = await explainMissingGroup(client, toMissingGroup('/app'));
  expect(explained).toBeInstanceOf(GroupNotFoundError);
  expect(explained).toMatchObject({ logGroup: '/app', near: [] });
});

test.each([
  ['a denied action', toFailure('AccessDeniedException', 'no')],
  ['a missing stream', toFailure('ResourceNotFoundException', 'The specified log stream does not exist.')],
  ['a mistake of ours', new TypeError('undefined is not a function')],
])('%s is not explained as a missing group', async (_, failure) => {
  expect(await explainMissingGroup(client, failure)).toBe(failure);
  expect(inputs()).toEqual([]);
});

function answerWith(...logGroups: LogGroup[]): void {
  mock.on(DescribeLogGroupsCommand).callsFake(({ logGroupNamePrefix = '' }) => ({
    logGroups: logGroups.filter(({ logGroupName }) => logGroupName?.startsWith(logGroupNamePrefix) !== false),
  }));
}

function inputs() {
  return mock.commandCalls(DescribeLogGroupsCommand).map(({ args }) => args[0].input);
}
