import { expect, test } from 'vitest';
import { createPalette } from '../../src/render/palette.js';
import { createSourceLabels, type EventSource } from '../../src/render/source-labels.js';
import { toEvent } from './fixtures.js';

const api: EventSource = { region: 'eu-west-1', group: '/shop/api' };
const payments: EventSource = { region: 'eu-west-1', group: '/shop/payments' };
const apiEvent = toEvent({});
const plain = createPalette(false);

test.each<[string, EventSource[], string]>([
  ['one stream of one group: no label', [{ ...api, stream: 'web/1' }], ''],
  ['one group, any streams', [api], '1            '],
  ['one group that others may join', [{ ...api, othersMayCome: true }], 'api '],
  [
    'one group, two streams by name',
    [
      { ...api, stream: 'web/1' },
      { ...api, stream: 'web/234' },
    ],
    '1   ',
  ],
  ['one group, a stream by name among others', [{ ...api, stream: 'web/1' }, api], '1            '],
  ['two groups', [api, payments], 'api      '],
  [
    'two groups, streams by name',
    [
      { ...api, stream: 'web/1' },
      { ...payments, stream: 'b' },
    ],
    'api      ',
  ],
  [
    'one stream in two regions',
    [
      { ...api, stream: 'web/1' },
      { ...api, region: 'ap-southeast-2', stream: 'web/1' },
    ],
    'eu-west-1      ',
  ],
  ['two groups in two regions', [api, { ...payments, region: 'us-east-1' }], 'eu-west-1 api      '],
  ['one group in two regions, any streams', [api, { ...api, region: 'us-east-1' }], 'eu-west-1 1            '],
])('%s', (_, sources, text) => {
  expect(createSourceLabels(sources, plain, false)(apiEvent)).toEqual({ text, columns: text.length });
});

test('groups of one name in two accounts are told apart by the account', () => {
  const arns = ['111111111111', '222222222222'].map((account) => `arn:aws:logs:eu-west-1:${account}:log-group:/app`);
  const labelOf = createSourceLabels(
    arns.map((group) => ({ region: 'eu-west-1', group })),
    plain,
    false,
  );
  expect(arns.map((logGroupName) => labelOf(toEvent({ logGroupName })).text)).toEqual([
    '111111111111/app ',
    '222222222222/app ',
  ]);
});

test('a name longer than its column moves its own message', () => {
  const labelOf = createSourceLabels([api], plain, false);
  labelOf(toEvent({ logStreamName: 'web/0123456789ab' }));
  expect(labelOf(toEvent({ logStreamName: 'worker/0123456789ab' }))).toEqual({
    text: 'worker/0123456789ab ',
    columns: 20,
  });
});

test('groups take colours in the order asked for, whichever comes first', () => {
  const labelOf = createSourceLabels([api, payments], createPalette(true), false);
  expect(labelOf(toEvent({ logGroupName: '/shop/payments' })).text).toBe('\u001b[33mpayments \u001b[39m');
  expect(labelOf(apiEvent)).toEqual({ text: '\u001b[36mapi      \u001b[39m', columns: 9 });
});

test('streams take colours as they come, keep them, and start over after the tenth', () => {
  const labelOf = createSourceLabels([api], createPalette(true), false);
  const texts = Array.from({ length: 11 }, (_, n) => labelOf(toEvent({ logStreamName: `s${n}` })).text);
  expect(new Set(texts.map((text) => text.slice(0, 5))).size).toBe(10);
  expect(texts[10]?.slice(0, 5)).toBe(texts[0]?.slice(0, 5));
  expect(labelOf(toEvent({ logStreamName: 's0' })).text).toBe(texts[0]);
});

test('full names are shown whole and unpadded, control characters visible', () => {
  const labelOf = createSourceLabels([{ ...api, stream: 'web/1' }], plain, true);
  expect(labelOf(apiEvent)).toEqual({ text: '/shop/api:web/1 ', columns: 16 });
  expect(labelOf(toEvent({ logStreamName: '\u001b]0;x' })).text).toBe('/shop/api:^[]0;x ');
});
