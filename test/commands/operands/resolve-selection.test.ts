import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { resolveSelection } from '../../../src/commands/operands/resolve-selection.js';
import { createReporter } from '../../../src/io.js';
import { createMockedClient, toFailure, toMissingGroup } from '../../logs/fixtures.js';
import { memoryIo } from '../../support/memory-io.js';

const options = { profile: undefined, signal: new AbortController().signal, nowMs: 1_000_000 };

test('what is gone on with is read where its groups were found, also where one of them lacks the stream', async () => {
  const asked = {
    logGroups: ['/a', '/b'],
    regionsOf: { '/a': ['eu-west-1'] },
    streams: { kind: 'names', names: ['web'] } as const,
  };
  const run = inRegions({ 'eu-west-1': { '/a': ['web'], '/b': ['web'] }, 'us-east-1': { '/b': [] } });
  expect({ ...asked, ...(await resolveSelection(asked, run, options)) }).toEqual({
    logGroups: ['/a', '/b'],
    regionsOf: { '/a': ['eu-west-1'], '/b': ['eu-west-1'] },
    streams: { kind: 'names', names: ['web'], mayLack: true },
  });
});

test('what is followed keeps the groups that have none of the streams yet', async () => {
  const asked = { logGroups: ['/a', '/b'], streams: { kind: 'names', names: ['web'] } as const };
  const run = inRegions({ 'eu-west-1': { '/a': ['web'], '/b': [] } });
  expect(await resolveSelection(asked, run, { ...options, follows: true })).toEqual({
    logGroups: ['/a', '/b'],
    regionsOf: undefined,
    streams: { kind: 'names', names: ['web'], mayLack: true },
  });
});

/** Regions with groups, and the streams of these. */
function inRegions(groupsOf: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>) {
  const connections = Object.entries(groupsOf).map(([region, groups]) => {
    const { client, mock } = createMockedClient(region);
    mock.on(FilterLogEventsCommand).callsFake(({ logGroupName, logStreamNames = [] }) => {
      const streams = groups[logGroupName];
      if (streams === undefined) throw toMissingGroup(logGroupName);
      if (logStreamNames.every((name: string) => streams.includes(name))) return { events: [] };
      throw toFailure('ResourceNotFoundException', 'The specified log stream does not exist.');
    });
    return { client, region };
  });
  const reporter = createReporter(memoryIo({ env: {}, nowMs: options.nowMs }), {});
  return { connections, regions: Object.keys(groupsOf), reporter };
}
