import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { type Column, renderTable } from '../../src/render/table.js';

const columns: readonly Column[] = [{ title: 'GROUP' }, { title: 'SIZE', align: 'right' }, { title: 'CLASS' }];
const plain = { terminal: { color: false } };

test('on a terminal columns are aligned under a header', () => {
  const rows = [
    ['/aws/lambda/checkout', '1.2 GB', 'STANDARD'],
    ['/app', '9 B', ''],
  ];
  expect(renderTable(columns, rows, plain)).toBe(
    'GROUP                   SIZE  CLASS\n/aws/lambda/checkout  1.2 GB  STANDARD\n/app                     9 B\n',
  );
});

test('the header is dim in colour', () => {
  expect(renderTable([{ title: 'A' }], [['x']], { terminal: { color: true } })).toBe('\u001b[2mA\u001b[22m\nx\n');
});

test('a pipe gets tab-separated raw values without a header', () => {
  expect(
    renderTable(
      columns,
      [
        ['/app', '9', ''],
        ['日本\u001b', '', 'x'],
      ],
      {},
    ),
  ).toBe('/app\t9\t\n日本\u001b\t\tx\n');
});

test('nothing to list is no text', () => {
  expect(renderTable(columns, [], plain)).toBe('');
  expect(renderTable(columns, [], {})).toBe('');
});

test.each([
  ['Chinese and Japanese', '日本語/ログ'],
  ['an emoji', 'deploy-🚀'],
  ['a family of joined emoji', '👩‍👩‍👧'],
  ['combining accents', 'cafe\u0301'],
  ['a long name, never cut', '/aws/lambda/'.repeat(40)],
])('the next column starts in line beside %s', (_, name) => {
  const text = renderTable(
    [{ title: 'NAME' }, { title: 'N', align: 'right' }],
    [
      [name, '1'],
      ['b', '1'],
    ],
    plain,
  );
  const widths = text
    .trimEnd()
    .split('\n')
    .map((line) => stringWidth(line));
  expect(new Set(widths).size).toBe(1);
  expect(text).toContain(name);
});

test('control characters in values are shown and counted', () => {
  expect(
    renderTable(
      [{ title: 'S' }, { title: 'N' }],
      [
        ['a\n\u001b[2J', '1'],
        ['b', '2'],
      ],
      plain,
    ),
  ).toBe('S         N\na^J^[[2J  1\nb         2\n');
});
