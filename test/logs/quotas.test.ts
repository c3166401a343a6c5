import { expect, test } from 'vitest';
import { quotaOf } from '../../src/logs/quotas.js';

test.each([
  ['FilterLogEvents', 'us-east-1', 25],
  ['FilterLogEvents', 'eu-central-1', 5],
  ['FilterLogEvents', 'ap-northeast-3', 5],
  ['FilterLogEvents', 'ca-west-1', 5],
  ['FilterLogEvents', 'eu-west-1', 10],
  ['FilterLogEvents', 'xx-new-1', 10],
  ['GetLogEvents', 'eu-west-3', 30],
  ['GetLogEvents', 'us-west-2', 10],
  ['GetLogEvents', 'us-east-1', 25],
  ['DescribeLogGroups', 'us-east-1', 10],
  ['DescribeLogStreams', 'eu-west-1', 25],
  ['StartQuery', 'eu-west-1', 10],
  ['ListLogGroups', 'eu-west-1', undefined],
])('%s in %s: %s a second', (operation, region, quota) => {
  expect(quotaOf(operation, region)).toBe(quota);
});
