import { DescribeLogGroupsCommand, ListLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { createGroupFinder } from '../../../src/commands/operands/find-groups.js';
import { createMockedClient, toFailure } from '../../logs/fixtures.js';

test('there is nothing to find where all names are exact', () => {
  expect(createGroupFinder(['/a', 'arn:aws:logs:eu-west-1:123456789012:log-group:/b:*'], [], [])).toBeUndefined();
});

test('groups that match are found each time, but those that cannot be read or were left out', async () => {
  const { client, mock } = createMockedClient();
  const toGroup = (logGroupName: string) => ({ logGroupName, logGroupClass: 'STANDARD' as const });
  const cold = { logGroupName: '/p/cold', logGroupClass: 'INFREQUENT_ACCESS' as const };
  mock.on(ListLogGroupsCommand).resolvesOnce({ logGroups: [toGroup('/p/a'), toGroup('/p/b'), cold] });
  mock.on(ListLogGroupsCommand).resolves({ logGroups: ['/p/a', '/p/b', '/p/c', '/pq'].map(toGroup) });
  const find = createGroupFinder(['/x', '/p/*'], [{ client, region: 'eu-west-1' }], [{ client, logGroup: '/p/a' }]);
  const found = [await find?.({}), await find?.({})].map((sources) => sources?.map(({ logGroup }) => logGroup));
  expect(found.at(-1)).toEqual(['/p/b', '/p/c']);
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
    const find = createGroupFinder([`${arn}:*`, '/p/*'], [{ client, region: 'eu-west-1' }], []);
    expect(await find?.({})).toEqual([{ client, logGroup: '/p/b' }]);
  },
);
