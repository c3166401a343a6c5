import { DescribeLogGroupsCommand, ListLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, expect, test } from 'vitest';
import { listGroupNames } from '../../src/logs/group-names.js';
import type { GroupSelector } from '../../src/logs/groups.js';
import { collect, createMockedClient, toFailure } from './fixtures.js';

let { client, mock } = createMockedClient();

beforeEach(() => {
  ({ client, mock } = createMockedClient());
});

test('names are listed a thousand a page, to the end', async () => {
  mock
    .on(ListLogGroupsCommand)
    .resolvesOnce({ logGroups: [{ logGroupName: '/a', logGroupClass: 'STANDARD' }], nextToken: '1' })
    .resolvesOnce({ logGroups: [], nextToken: '2' })
    .resolvesOnce({ logGroups: [{ logGroupName: '/b', logGroupClass: 'INFREQUENT_ACCESS' }] });
  expect(await collect(listGroupNames(client, { kind: 'all' }))).toEqual([
    { name: '/a', logGroupClass: 'STANDARD' },
    { name: '/b', logGroupClass: 'INFREQUENT_ACCESS' },
  ]);
  expect(inputs()).toEqual([{ limit: 1_000 }, { limit: 1_000, nextToken: '1' }, { limit: 1_000, nextToken: '2' }]);
});

test.each<[string, GroupSelector, string | undefined]>([
  ['a prefix', { kind: 'prefix', prefix: '/aws/' }, '^/aws/'],
  ['a prefix longer than a pattern', { kind: 'prefix', prefix: `/${'a'.repeat(30)}` }, `^/${'a'.repeat(23)}`],
  ['a prefix shorter than a pattern', { kind: 'prefix', prefix: '/a' }, undefined],
  ['a part', { kind: 'substring', substring: 'checkout' }, 'checkout'],
])('%s is asked for as narrowly as the operation allows', async (_, selector, logGroupNamePattern) => {
  mock.on(ListLogGroupsCommand).resolves({ logGroups: [] });
  await collect(listGroupNames(client, selector));
  expect(inputs()).toEqual([{ limit: 1_000, logGroupNamePattern }]);
});

test('what the narrowest pattern brings besides is dropped', async () => {
  mock.on(ListLogGroupsCommand).resolves({ logGroups: [{ logGroupName: '/b' }, { logGroupName: '/ab' }] });
  expect(await collect(listGroupNames(client, { kind: 'prefix', prefix: '/a' }))).toEqual([{ name: '/ab' }]);
});

test.each([
  ['AccessDeniedException', 'no'],
  ['UnknownOperationException', 'what?'],
])('after %s the groups are described instead', async (name, message) => {
  mock.on(ListLogGroupsCommand).rejects(toFailure(name, message, { operation: 'ListLogGroups' }));
  mock.on(DescribeLogGroupsCommand).resolves({ logGroups: [{ logGroupName: '/a', logGroupClass: 'STANDARD' }] });
  expect(await collect(listGroupNames(client, { kind: 'prefix', prefix: '/a' }))).toEqual([
    { name: '/a', logGroupClass: 'STANDARD' },
  ]);
});

test.each([
  ['ThrottlingException', 'Rate exceeded'],
  ['ExpiredTokenException', 'expired'],
])('%s is thrown as it is', async (name, message) => {
  const failure = toFailure(name, message, { operation: 'ListLogGroups' });
  mock.on(ListLogGroupsCommand).rejects(failure);
  await expect(collect(listGroupNames(client, { kind: 'all' }))).rejects.toBe(failure);
});

test('a failure after the first page is thrown: names would come twice', async () => {
  const failure = toFailure('AccessDeniedException', 'no', { operation: 'ListLogGroups' });
  mock
    .on(ListLogGroupsCommand)
    .resolvesOnce({ logGroups: [{ logGroupName: '/a' }], nextToken: '1' })
    .rejects(failure);
  await expect(collect(listGroupNames(client, { kind: 'all' }))).rejects.toBe(failure);
});

function inputs() {
  return mock.commandCalls(ListLogGroupsCommand).map(({ args }) => args[0].input);
}
