import { expect, test } from 'vitest';
import { sourcesOf } from '../../../src/logs/read/sources.js';
import { createMockedClient } from '../fixtures.js';

const clients = ['eu-west-1', 'us-east-1'].map((region) => createMockedClient(region).client);
const arn = 'arn:aws:logs:us-east-1:123456789012:log-group:/a';

test.each([
  ['a name, in every region', { logGroups: ['/a'] }, ['/a eu-west-1', '/a us-east-1']],
  [
    'a name that objects have a member of',
    { logGroups: ['constructor'] },
    ['constructor eu-west-1', 'constructor us-east-1'],
  ],
  ['an ARN, in its own', { logGroups: [arn] }, [`${arn} us-east-1`]],
  [
    'names of some regions, in those',
    { logGroups: ['/b', '/a'], regionsOf: { '/a': ['us-east-1'] } },
    ['/b eu-west-1', '/b us-east-1', '/a us-east-1'],
  ],
  [
    'the ARN of another region, where the service may say so',
    { logGroups: [arn.replace('us-east-1', 'ap-south-1')] },
    [`${arn.replace('us-east-1', 'ap-south-1')} eu-west-1`, `${arn.replace('us-east-1', 'ap-south-1')} us-east-1`],
  ],
])('%s', async (_, selection, expected) => {
  const sources = await sourcesOf(clients, selection);
  const read = await Promise.all(
    sources.map(async ({ client, logGroup }) => `${logGroup} ${await client.config.region()}`),
  );
  expect(read).toEqual(expected);
});
