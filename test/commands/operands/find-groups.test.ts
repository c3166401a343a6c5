import { DescribeLogGroupsCommand, ListLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { createGroupFinder } from '../../../src/commands/operands/find-groups.js';
import { createUnreadableNotice } from '../../../src/commands/operands/unreadable.js';
import { createReporter } from '../../../src/io.js';
import { createMockedClient, toFailure } from '../../logs/fixtures.js';
import { memoryIo } from '../../support/memory-io.js';

test('there is nothing to find where all names are exact', () => {
  expect(
    createGroupFinder(['/a', 'arn:aws:logs:eu-west-1:123456789012:log-group:/b:*'], [], async () => {}),
  ).toBeUndefined();
});

test('groups that match are found each time; of those that cannot be read it is said once', async () => {
  const { client, mock } = createMockedClient();
  const toGroup = (logGroupName: string) => ({ logGroupName, logGroupClass: 'STANDARD' as const });
  const cold = { logGroupName: '/p/cold', logGroupClass: 'INFREQUENT_ACCESS' as const };
  const passing = { logGroupName: '/p/passing', logGroupClass: 'DELIVERY' as const };
  mock
    .on(ListLogGroupsCommand)
    .resolvesOnce({ logGroups: [...['/p/a', '/p/b'].map(toGroup), cold] })
    .resolves({ logGroups: [...['/p/a', '/p/b', '/p/c', '/pq'].map(toGroup), cold, passing] });
  const io = memoryIo();
  const tellUnreadable = createUnreadableNotice(createReporter(io, {}));
  const find = createGroupFinder(['/x', '/p/*'], [{ client, region: 'eu-west-1' }], tellUnreadable);
  const found = [await find?.({}), await find?.({})].map((sources) => sources?.map(({ logGroup }) => logGroup));
  expect(found).toEqual([
    ['/p/a', '/p/b'],
    ['/p/a', '/p/b', '/p/c'],
  ]);
  expect(io.stderr.text()).toBe(
    'cwlogs: "/p/cold" left out: groups of class INFREQUENT_ACCESS are read with Logs Insights\n' +
      'cwlogs: "/p/passing" left out: groups of class DELIVERY only pass their events on\n',
  );
  expect(mock.commandCalls(ListLogGroupsCommand)[0]?.args[0].input).toMatchObject({ logGroupNamePattern: '^/p/' });
  expect(mock.commandCalls(DescribeLogGroupsCommand)).toHaveLength(0);
});

test.each([ListLogGroupsCommand, DescribeLogGroupsCommand])(
  'a group that is given by its ARN is not found by its name as well: %o',
  async (listing) => {
    const { client, mock } = createMockedClient();
    const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/p/a';
    mock.on(ListLogGroupsCommand).rejects(toFailure('AccessDeniedException', 'no'));
    mock.on(listing).resolves({ logGroups: [{ logGroupName: '/p/a', logGroupArn: arn }, { logGroupName: '/p/b' }] });
    const find = createGroupFinder([`${arn}:*`, '/p/*'], [{ client, region: 'eu-west-1' }], async () => {});
    expect(await find?.({})).toEqual([{ client, logGroup: '/p/b' }]);
  },
);
