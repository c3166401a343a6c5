import { expect, test } from 'vitest';
import { toClientOptions } from '../../../src/commands/options/client.js';
import type { GlobalFlags } from '../../../src/commands/options/global.js';
import { memoryIo } from '../../support/memory-io.js';

const none: GlobalFlags = { color: 'auto' };
const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };

test.each<[string, Partial<GlobalFlags>, Record<string, string>, object[]]>([
  ['nothing: the SDK decides', {}, {}, [{}]],
  ['a region of the environment', {}, { AWS_REGION: 'eu-west-1' }, [{ region: 'eu-west-1' }]],
  ['the region that the AWS CLI knows', {}, { AWS_DEFAULT_REGION: 'eu-west-1' }, [{ region: 'eu-west-1' }]],
  [
    'both: the SDK’s own wins',
    {},
    { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-1' },
    [{ region: 'eu-west-1' }],
  ],
  ['a flag over the environment', { region: ['us-east-1'] }, { AWS_REGION: 'eu-west-1' }, [{ region: 'us-east-1' }]],
  [
    'several regions, each once',
    { region: ['us-east-1', 'eu-west-1', 'us-east-1'], profile: 'prod' },
    {},
    [
      { region: 'us-east-1', profile: 'prod' },
      { region: 'eu-west-1', profile: 'prod' },
    ],
  ],
  ['a profile of the environment', {}, { AWS_PROFILE: 'dev' }, [{ profile: 'dev' }]],
  ['a flag over that profile', { profile: 'prod' }, { AWS_PROFILE: 'dev' }, [{ profile: 'prod' }]],
  ['keys of the environment', {}, keys, [{ credentials }]],
  [
    'temporary keys',
    {},
    { ...keys, AWS_SESSION_TOKEN: 'token' },
    [{ credentials: { ...credentials, sessionToken: 'token' } }],
  ],
  ['half a pair of keys', {}, { AWS_ACCESS_KEY_ID: 'id' }, [{}]],
  ['a profile over keys', { profile: 'prod' }, keys, [{ profile: 'prod' }]],
  [
    'an endpoint',
    { endpointUrl: 'http://127.0.0.1:1' },
    {},
    [{ endpoint: 'http://127.0.0.1:1', endpointFlag: '--endpoint-url' }],
  ],
  [
    'an endpoint of all services',
    {},
    { AWS_ENDPOINT_URL: 'http://a:1' },
    [{ endpoint: 'http://a:1', endpointFlag: 'AWS_ENDPOINT_URL' }],
  ],
  [
    'an endpoint of this service over it',
    {},
    { AWS_ENDPOINT_URL: 'http://a:1', AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://b:2' },
    [{ endpoint: 'http://b:2', endpointFlag: 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS' }],
  ],
  ['a rate', {}, { CWLOGS_RATE: '2.5' }, [{ ratePerSecond: 2.5 }]],
])('clients are made from %s', (_, flags, env, options) => {
  expect(toClientOptions({ ...none, ...flags }, memoryIo({ env }))).toEqual(options);
});

test.each(['eu-west-1', 'ap-southeast-3', 'us-gov-west-1', 'cn-northwest-1', 'us-isob-east-1', 'eusc-de-east-1'])(
  '%s is a region',
  (region) => {
    expect(toClientOptions({ ...none, region: [region] }, memoryIo())).toMatchObject([{ region }]);
  },
);

test.each<[Partial<GlobalFlags>, Record<string, string>, string]>([
  [{ region: ['Ireland'] }, {}, '--region "Ireland" is not an AWS region; try --region eu-west-1'],
  [{ region: ['eu-west-1,us-east-1'] }, {}, 'is not an AWS region; repeat it: --region eu-west-1 --region us-east-1'],
  [{}, { AWS_REGION: 'us-east-1 ' }, 'AWS_REGION "us-east-1 " is not an AWS region; try AWS_REGION=us-east-1'],
  [
    {},
    { AWS_DEFAULT_REGION: 'Ohio' },
    'AWS_DEFAULT_REGION "Ohio" is not an AWS region; try AWS_DEFAULT_REGION=eu-west-1',
  ],
  [
    {},
    { AWS_REGION: 'eu-west-1,us-east-1' },
    'is not an AWS region; it holds one; give several by: --region eu-west-1 --region us-east-1',
  ],
  [{ endpointUrl: 'localhost:4588' }, {}, '--endpoint-url "localhost:4588" is not a URL; try http://127.0.0.1:4588'],
  [{}, { AWS_ENDPOINT_URL: 'here' }, 'AWS_ENDPOINT_URL "here" is not a URL'],
  [{}, { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'here' }, 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS "here" is not a URL'],
  [{}, { CWLOGS_RATE: 'fast' }, 'CWLOGS_RATE "fast" is not a number of requests a second; try CWLOGS_RATE 10'],
])('%j with %j is refused: %s', (flags, env, message) => {
  expect(() => toClientOptions({ ...none, ...flags }, memoryIo({ env }))).toThrow(message);
});
