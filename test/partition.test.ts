import { expect, test } from 'vitest';
import { partitionOf } from '../src/partition.js';

test.each([
  ['eu-west-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['*', 'aws'],
])('%s is of %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});
