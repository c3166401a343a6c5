import {
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  ListLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { resolveGroups } from '../../../src/commands/operands/resolve-groups.js';
import { createReporter } from '../../../src/io.js';
import { createMockedClient, toFailure, toMissingGroup } from '../../logs/fixtures.js';
import { memoryIo } from '../../support/memory-io.js';

const options = { profile: 'prod', signal: new AbortController().signal, nowMs: 1_000_000 };

test('a pattern is resolved in each region, and each group is read where it is', async () => {
  const { run } = inRegions({ 'eu-west-1': ['/a', '/b', '/x'], 'us-east-1': ['/b', '/c'] });
  expect(await resolveGroups(['/b*', '*/a', '*c'], run, options)).toEqual({
    logGroups: ['/b', '/a', '/c'],
    regionsOf: { '/a': ['eu-west-1'], '/c': ['us-east-1'] },
  });
});

test('an exact name is read in every region, also where a pattern has found it in one', async () => {
  const { run } = inRegions({ 'eu-west-1': ['/a'], 'us-east-1': [] });
  expect(await resolveGroups(['/a*', '/a'], run, options)).toEqual({ logGroups: ['/a'] });
});

test('a last part is found in the region that has it', async () => {
  const { run } = inRegions({ 'eu-west-1': ['/b/checkout'], 'us-east-1': ['/b/checkouts'] });
  expect(await resolveGroups(['checkout'], run, options)).toEqual({
    logGroups: ['/b/checkout'],
    regionsOf: { '/b/checkout': ['eu-west-1'] },
  });
});

test('a name that is there in one region is no last part', async () => {
  const { run } = inRegions({ 'eu-west-1': ['checkout'], 'us-east-1': ['/b/checkout'] });
  expect(await resolveGroups(['checkout'], run, options)).toEqual({ logGroups: ['checkout'] });
});

test('a name that may not be read, and is listed, is left as it is', async () => {
  const { run, mocks } = inRegions({ 'eu-west-1': ['checkout', '/b/checkout'] });
  mocks[0]?.on(FilterLogEventsCommand).rejects(toFailure('AccessDeniedException', 'no'));
  expect(await resolveGroups(['checkout'], run, options)).toEqual({ logGroups: ['checkout'] });
});

test('where neither reading nor listing is allowed a name is left as it is', async () => {
  const { run, mocks } = inRegions({ 'eu-west-1': [] });
  mocks[0]?.onAnyCommand().rejects(toFailure('AccessDeniedException', 'no'));
  expect(await resolveGroups(['checkout'], run, options)).toEqual({ logGroups: ['checkout'] });
});

test('what does not match anywhere is told with every region and the profile', async () => {
  const { run } = inRegions({ 'eu-west-1': ['/prod/api'], 'us-east-1': ['/prod/web'] });
  await expect(resolveGroups(['/prd/*'], run, options)).rejects.toThrow(
    'no log group matches "/prd/*" in eu-west-1, us-east-1 (profile prod); did you mean "/prod/api" or "/prod/web"?',
  );
});

test('groups of class INFREQUENT_ACCESS are among those of a pattern where they can be read', async () => {
  const { run, mocks } = inRegions({ 'eu-west-1': [] });
  const logGroups = [{ logGroupName: '/cold', logGroupClass: 'INFREQUENT_ACCESS' as const }];
  mocks[0]?.on(ListLogGroupsCommand).resolves({ logGroups });
  expect(await resolveGroups(['/*'], run, { ...options, readsInfrequent: true })).toEqual({ logGroups: ['/cold'] });
  await expect(resolveGroups(['/*'], run, options)).rejects.toThrow('no log group that can be read matches "/*"');
});

test.each([
  ['of another account', '111111111111', ['/a', arnOf('222222222222')], ''],
  ['of the own one', '222222222222', ['/a'], ''],
  ['of which it may not be known', undefined, ['/a', arnOf('222222222222')], 'are one group unless their accounts'],
])('a name and the ARN of a group that is called so, %s', async (_, account, logGroups, said) => {
  const { run, mocks, io } = inRegions({ 'eu-west-1': ['/a'] });
  const own = { logGroupName: '/a', logGroupArn: arnOf(account ?? '') };
  if (account === undefined) mocks[0]?.on(DescribeLogGroupsCommand).rejects(toFailure('AccessDeniedException', 'no'));
  else mocks[0]?.on(DescribeLogGroupsCommand).resolves({ logGroups: [own] });
  const resolved = await resolveGroups(['/a', arnOf('222222222222')], run, options);
  expect(resolved).toEqual({ logGroups });
  expect(io.stderr.text()).toContain(said);
  expect(io.stderr.text() === '').toBe(said === '');
});

test.each([
  ['of another account', '111111111111', ['/a', arnOf('222222222222')], ''],
  ['of the own one', '222222222222', ['/a'], ''],
  ['where no group tells the account', undefined, ['/a'], 'are taken for one group, which is read once: the account'],
])('a name and the ARN of a group that is not there yet, %s', async (_, account, logGroups, said) => {
  const { run, mocks, io } = inRegions({ 'eu-west-1': [] });
  const other = { logGroupName: '/other', arn: `${arnOf(account ?? '').replace('/a', '/other')}:*` };
  const all = account === undefined ? [] : [other];
  mocks[0]?.on(DescribeLogGroupsCommand).callsFake(({ logGroupNamePrefix = '' }) => ({
    logGroups: all.filter(({ logGroupName }) => logGroupName.startsWith(logGroupNamePrefix)),
  }));
  expect(await resolveGroups([arnOf('222222222222'), '/a'], run, options)).toEqual({
    logGroups: logGroups.toReversed(),
  });
  expect(io.stderr.text()).toContain(said);
  expect(io.stderr.text() === '').toBe(said === '');
});

test('a pattern that matches nothing is said, and waited for where that is asked for', async () => {
  const { run, io } = inRegions({ 'eu-west-1': ['/a'] });
  expect(await resolveGroups(['/p/*', '/a'], run, { ...options, awaitsGroups: true })).toEqual({ logGroups: ['/a'] });
  expect(io.stderr.text()).toBe('cwlogs: no log group matches "/p/*" in eu-west-1 (profile prod); waiting for one\n');
});

test('the ARN of a group in another region is refused before any request', async () => {
  const { run, mocks } = inRegions({ 'eu-west-1': [] });
  const arn = 'arn:aws:logs:us-east-1:123456789012:log-group:/a';
  await expect(resolveGroups([arn], run, options)).rejects.toThrow('is in us-east-1, and what is read is eu-west-1');
  expect(mocks[0]?.calls()).toEqual([]);
});

/** A run over regions with these groups, which answers as the service does. */
function inRegions(groups: Readonly<Record<string, readonly string[]>>) {
  const mocks = Object.entries(groups).map(([region, names]) => {
    const { client, mock } = createMockedClient(region);
    mock.on(ListLogGroupsCommand).resolves({ logGroups: names.map((logGroupName) => ({ logGroupName })) });
    mock.on(FilterLogEventsCommand).callsFake(({ logGroupName }) => {
      if (names.includes(logGroupName)) return { events: [] };
      throw toMissingGroup(logGroupName);
    });
    return { client, region, mock };
  });
  const io = memoryIo();
  const run = {
    connections: mocks.map(({ client, region }) => ({ client, region })),
    regions: Object.keys(groups),
    reporter: createReporter(io, {}),
  };
  return { run, io, mocks: mocks.map(({ mock }) => mock) };
}

function arnOf(account: string): string {
  return `arn:aws:logs:eu-west-1:${account}:log-group:/a`;
}
