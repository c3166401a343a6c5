import { ListLogGroupsCommand, type ListLogGroupsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { failureOf, startPair } from './sdk.js';

test('a group is listed with name, ARN and class, and nothing more', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('/a', { logGroupClass: 'INFREQUENT_ACCESS' });
  expect((await client.send(new ListLogGroupsCommand({}))).logGroups).toEqual([
    {
      logGroupName: '/a',
      logGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:/a',
      logGroupClass: 'INFREQUENT_ACCESS',
    },
  ]);
});

test.each<[ListLogGroupsCommandInput, string[]]>([
  [{}, ['/aws/api', '/prod/api', '/prod/worker']],
  [{ logGroupNamePattern: 'api' }, ['/aws/api', '/prod/api']],
  [{ logGroupNamePattern: '^/prod' }, ['/prod/api', '/prod/worker']],
  [{ logGroupNamePattern: '^/aws|worker' }, ['/aws/api', '/prod/worker']],
  [{ logGroupNamePattern: 'API' }, []],
  [{ logGroupClass: 'DELIVERY' }, []],
])('%j lists %j', async (input, names) => {
  const { client, endpoint } = await startPair();
  for (const name of ['/prod/worker', '/aws/api', '/prod/api']) endpoint.store.createGroup(name);
  const { logGroups = [] } = await client.send(new ListLogGroupsCommand(input));
  expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual(names);
});

test('a page holds 50 groups, or up to 1,000 where so many are asked for', async () => {
  const { client, endpoint } = await startPair();
  for (let group = 0; group < 1_050; group++) endpoint.store.createGroup(`/g/${group}`);
  const first = await client.send(new ListLogGroupsCommand({}));
  expect(first.logGroups).toHaveLength(50);
  const large = await client.send(new ListLogGroupsCommand({ limit: 1_000 }));
  expect(large.logGroups).toHaveLength(1_000);
  const rest = await client.send(new ListLogGroupsCommand({ limit: 1_000, nextToken: large.nextToken }));
  expect(rest.logGroups).toHaveLength(50);
  expect(rest.nextToken).toBeUndefined();
});

test.each<[ListLogGroupsCommandInput, string]>([
  [{ limit: 1_001 }, 'Member must have value less than or equal to 1000'],
  [{ logGroupNamePattern: 'ab' }, 'Member must have length greater than or equal to 3'],
  [{ logGroupNamePattern: 'a'.repeat(25) }, 'Member must satisfy regular expression pattern'],
  [{ logGroupNamePattern: 'aaa|bbb|ccc|ddd|eee|fff' }, 'Member must satisfy regular expression pattern'],
  [{ nextToken: 'x' }, 'The specified nextToken is invalid'],
])('%j is refused', async (input, message) => {
  const { client } = await startPair();
  const failure = await failureOf(client.send(new ListLogGroupsCommand(input)));
  expect(failure).toMatch(/^InvalidParameterException: /);
  expect(failure).toContain(message);
});
