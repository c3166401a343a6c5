import { expect, test } from 'vitest';
import { toBucketPolicy } from '../../src/logs/bucket-policy.js';

test.each([
  ['eu-west-1', 'logs.eu-west-1.amazonaws.com', 'arn:aws:s3:::b'],
  ['us-gov-east-1', 'logs.us-gov-east-1.amazonaws.com', 'arn:aws-us-gov:s3:::b'],
  ['cn-north-1', 'logs.cn-north-1.amazonaws.com.cn', 'arn:aws-cn:s3:::b'],
])('in %s the service is %s', (region, service, resource) => {
  const policy = toBucketPolicy({ bucket: 'b', prefix: 'p', region, accountId: '123456789012' });
  expect(policy).toMatchObject({ Statement: [{ Principal: { Service: service }, Resource: resource }, {}] });
});

test('a prefix stands for itself, also where it has the signs of a pattern', () => {
  const policy = toBucketPolicy({ bucket: 'b', prefix: 'a*/$x?', region: 'eu-west-1', accountId: '123456789012' });
  expect(policy).toMatchObject({
    Statement: [{}, { Resource: ['arn:aws:s3:::b/a', '{*}/', '{$}x', '{?}/*'].join('$') }],
  });
});
