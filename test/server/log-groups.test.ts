import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  type DescribeLogGroupsCommandInput,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { failureOf, nowMs, startPair } from './sdk.js';

test('a created group is described with all its fields', async () => {
  const { client } = await startPair({ region: 'eu-west-1' });
  await client.send(new CreateLogGroupCommand({ logGroupName: '/app/web' }));
  const { logGroups } = await client.send(new DescribeLogGroupsCommand({}));
  expect(logGroups).toEqual([
    {
      logGroupName: '/app/web',
      creationTime: nowMs,
      metricFilterCount: 0,
      arn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/app/web:*',
      logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/app/web',
      storedBytes: 0,
      logGroupClass: 'STANDARD',
      deletionProtectionEnabled: false,
      bearerTokenAuthenticationEnabled: false,
    },
  ]);
});

const tooLong = 'a'.repeat(513);

test.each([
  ['twice', 'there', 'ResourceAlreadyExistsException: The specified log group already exists'],
  ['with a reserved name', 'aws/x', 'InvalidParameterException: Log groups starting with AWS/ are reserved for AWS.'],
  [
    'with a character that is not allowed',
    'a:b',
    "InvalidParameterException: 1 validation error detected: Value 'a:b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
  ],
  [
    'with 513 characters',
    tooLong,
    `InvalidParameterException: 1 validation error detected: Value '${tooLong}' at 'logGroupName' failed to satisfy constraint: Member must have length less than or equal to 512`,
  ],
  [
    'without a name',
    undefined,
    "InvalidParameterException: 1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: Member must not be null",
  ],
  [
    'with an empty name',
    '',
    "InvalidParameterException: 2 validation errors detected: Value '' at 'logGroupName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
  ],
])('a group cannot be created %s', async (_, logGroupName, failure) => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('there');
  expect(await failureOf(client.send(new CreateLogGroupCommand({ logGroupName })))).toBe(failure);
});

test('a name of 512 characters is legal', async () => {
  const { client, endpoint } = await startPair();
  const logGroupName = 'a'.repeat(512);
  await client.send(new CreateLogGroupCommand({ logGroupName }));
  expect([...endpoint.store.groups.keys()]).toEqual([logGroupName]);
});

test('a retention is set, shown and removed, twice without harm', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  const retention = async () => (await client.send(new DescribeLogGroupsCommand({}))).logGroups?.[0]?.retentionInDays;
  await client.send(new PutRetentionPolicyCommand({ logGroupName: 'g', retentionInDays: 14 }));
  expect(await retention()).toBe(14);
  await client.send(new DeleteRetentionPolicyCommand({ logGroupName: 'g' }));
  await client.send(new DeleteRetentionPolicyCommand({ logGroupName: 'g' }));
  expect(await retention()).toBeUndefined();
});

test('a retention of 8 days is refused with the values that exist', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  const put = client.send(new PutRetentionPolicyCommand({ logGroupName: 'g', retentionInDays: 8 }));
  expect(await failureOf(put)).toContain('Invalid retention value. Valid values are: [1, 3, 5, 7, 14,');
});

test('a retention for a group that does not exist is refused', async () => {
  const { client } = await startPair();
  const put = client.send(new PutRetentionPolicyCommand({ logGroupName: 'g', retentionInDays: 7 }));
  expect(await failureOf(put)).toBe('ResourceNotFoundException: The specified log group does not exist.');
});

test.each<[string, DescribeLogGroupsCommandInput, string[]]>([
  ['nothing', {}, ['/B', '/a', '/a/b', '/c']],
  ['a prefix', { logGroupNamePrefix: '/a' }, ['/a', '/a/b']],
  ['a substring, case counts', { logGroupNamePattern: 'b' }, ['/a/b']],
  ['a class', { logGroupClass: 'INFREQUENT_ACCESS' }, ['/c']],
  ['identifiers, one of them unknown', { logGroupIdentifiers: ['/c', '/x'] }, ['/c']],
])('groups selected by %s come in ASCII order, also in pages of one', async (_, selection, names) => {
  const { client, endpoint } = await startPair();
  for (const name of ['/a/b', '/B', '/a']) endpoint.store.createGroup(name);
  endpoint.store.createGroup('/c', { logGroupClass: 'INFREQUENT_ACCESS' });
  const list = async (input: DescribeLogGroupsCommandInput): Promise<(string | undefined)[]> => {
    const { logGroups = [], nextToken } = await client.send(new DescribeLogGroupsCommand(input));
    const found = logGroups.map(({ logGroupName }) => logGroupName);
    return nextToken === undefined ? found : [...found, ...(await list({ ...input, nextToken }))];
  };
  expect(await list(selection)).toEqual(names);
  expect(await list({ ...selection, limit: 1 })).toEqual(names);
});

test('a search by substring answers with name, time and ARN alone', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'g' }));
  const arn = 'arn:aws:logs:us-east-1:123456789012:log-group:g:*';
  expect(logGroups).toEqual([{ logGroupName: 'g', creationTime: nowMs, arn }]);
});

test.each<[string, DescribeLogGroupsCommandInput, string]>([
  ['a prefix and a substring', { logGroupNamePrefix: 'a', logGroupNamePattern: 'a' }, 'cannot both be specified'],
  ['a limit of 51', { limit: 51 }, 'Member must have value less than or equal to 50'],
  ['a class that does not exist', { logGroupClass: 'X' as 'STANDARD' }, 'Member must satisfy enum value set: ['],
  ['a token that was never issued', { nextToken: 'x' }, 'The specified nextToken is invalid.'],
])('%s is refused', async (_, input, message) => {
  const { client } = await startPair();
  const failure = await failureOf(client.send(new DescribeLogGroupsCommand(input)));
  expect(failure).toMatch(/^InvalidParameterException: /);
  expect(failure).toContain(message);
});

test('a deleted group is gone with its streams and events', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g');
  endpoint.store.seedEvents('g', 's', [{ timestamp: nowMs, message: 'm' }]);
  await client.send(new DeleteLogGroupCommand({ logGroupName: 'g' }));
  expect((await client.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  expect(await failureOf(client.send(new DeleteLogGroupCommand({ logGroupName: 'g' })))).toBe(
    'ResourceNotFoundException: The specified log group does not exist.',
  );
  await client.send(new CreateLogGroupCommand({ logGroupName: 'g' }));
  expect(endpoint.store.group('g').timeline.events()).toEqual([]);
});

test('a group with deletion protection is not deleted', async () => {
  const { client, endpoint } = await startPair();
  endpoint.store.createGroup('g', { deletionProtectionEnabled: true });
  const deletion = client.send(new DeleteLogGroupCommand({ logGroupName: 'g' }));
  expect(await failureOf(deletion)).toBe('ValidationException: The log group g has deletion protection enabled.');
});
