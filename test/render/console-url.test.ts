import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConsoleUrl } from '../../src/logs/console-url.js';
import { toConsoleUrl } from '../../src/render/console-url.js';
import { toEvent } from './fixtures.js';

const lambda = { logGroupName: '/aws/lambda/checkout', logStreamName: '2026/11/20/[$LATEST]9f2b', eventId: '3907' };
const place =
  '#logsV2:log-groups/log-group/$252Faws$252Flambda$252Fcheckout' +
  '/log-events/2026$252F11$252F20$252F$255B$2524LATEST$255D9f2b$3FrefEventId$3D3907';

test.each([
  ['a Lambda function', lambda, `https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1${place}`],
  [
    'China',
    { ...lambda, region: 'cn-north-1' },
    `https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1${place}`,
  ],
  [
    'GovCloud',
    { ...lambda, region: 'us-gov-west-1' },
    `https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1${place}`,
  ],
  [
    'a group given as an ARN',
    { ...lambda, logGroupName: 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/checkout' },
    `https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1${place}`,
  ],
  [
    'an event without an id',
    { ...lambda, eventId: '' },
    `https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1${place.replace(/\$3F.*$/, '')}`,
  ],
  [
    'letters beyond ASCII, a percent sign and a space',
    { logGroupName: 'g', logStreamName: 'ä % b', eventId: '1' },
    'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/g' +
      '/log-events/$25C3$25A4$2520$2525$2520b$3FrefEventId$3D1',
  ],
])('the address of an event: %s', (_, parts, url) => {
  expect(toConsoleUrl(toEvent(parts))).toBe(url);
});

test('an address is read as the group and stream that it was made of', () => {
  const group = fc.stringMatching(/^[\w./#-]{1,40}$/);
  const stream = fc.string({ minLength: 1, unit: 'grapheme' }).filter((name) => !/[:*]/.test(name));
  fc.assert(
    fc.property(group, stream, (logGroupName, logStreamName) => {
      const view = parseConsoleUrl(toConsoleUrl(toEvent({ logGroupName, logStreamName })), '<group>');
      expect(view).toMatchObject({ region: 'eu-west-1', logGroup: logGroupName, stream: logStreamName });
    }),
  );
});
