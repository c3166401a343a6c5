import { partition } from '@aws-sdk/core/client';
import { expect, test } from 'vitest';
import { regions } from '../../src/logs/regions.js';

test.each(regions)('%s is a region that the SDK knows', (region) => {
  expect(partition(region)).toHaveProperty('description', expect.any(String));
});
