import { expect, test } from 'vitest';
import { isRegion, partitionOf } from '../src/partition.js';

test.each([
  ['eu-west-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['*', 'aws'],
])('%s is of %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});

test.each(['', '*', 'Ireland', 'us-east-1 ', 'us-east', 'eu-west-1a'])('%j is not the name of a region', (text) => {
  expect(isRegion(text)).toBe(false);
});
