import { expect, test } from 'vitest';
import { createRowRenderer, type NamedRow, type RowFormat } from '../../src/render/rows.js';

const rows: NamedRow[] = [
  { '@timestamp': '12:00', status: '503', '@ptr': 'p1' },
  { '@timestamp': '11:59', note: 'a "b", c', '@ptr': 'p2' },
];
const options = { columns: [], hidden: ['@ptr'] };

test.each<[RowFormat, string]>([
  ['table', '@timestamp  status  note\n12:00          503\n11:59               a "b", c\n'],
  ['csv', '@timestamp,status,note\n12:00,503,\n11:59,,"a ""b"", c"\n'],
  ['tsv', '@timestamp\tstatus\tnote\n12:00\t503\t\n11:59\t\ta "b", c\n'],
  [
    'json',
    '{"@timestamp":"12:00","status":"503","@ptr":"p1"}\n{"@timestamp":"11:59","note":"a \\"b\\", c","@ptr":"p2"}\n',
  ],
])('as %s', (format, text) => {
  expect(createRowRenderer(format, options)(rows)).toBe(text);
});

test.each(['csv', 'tsv', 'table'] as const)('%s has one header for all pages', (format) => {
  const render = createRowRenderer(format, options);
  expect(render([]) + render(rows.slice(0, 1)) + render(rows.slice(0, 1))).toMatch(/^@timestamp.*\n12.*\n12.*\n$/);
});

test('columns that were asked for come first, and are there without a value', () => {
  const render = createRowRenderer('csv', { columns: ['none', '@ptr'], hidden: ['@ptr'] });
  expect(render(rows.slice(0, 1))).toBe('none,@ptr,@timestamp,status\n,p1,12:00,503\n');
});

test.each(['csv', 'tsv', 'table'] as const)('a field that %s has no column for ends it', (format) => {
  const render = createRowRenderer(format, options);
  render([{ a: '1' }]);
  expect(() => render([{ a: '1', b: '2' }])).toThrow('field b came after the header was written; --format json');
});

test.each([
  ['csv', 'a\n"x\ny"\n'],
  ['tsv', 'a\nx\\ny\n'],
  ['table', 'a\nx^Jy\n'],
] as const)('a line end in a value, as %s', (format, text) => {
  expect(createRowRenderer(format, options)([{ a: 'x\ny' }])).toBe(text);
});

test.each([
  ['csv', 'a\n^[[2Jx\n'],
  ['tsv', 'a\n^[[2Jx\n'],
  ['table', 'a\n^[[2Jx\n'],
  ['json', '{"a":"\\u001b[2Jx"}\n'],
] as const)('a value cannot drive the terminal, as %s', (format, text) => {
  const render = createRowRenderer(format, { ...options, terminal: { color: false } });
  expect(render([{ a: '\u001b[2Jx' }])).toBe(text);
});

test('piped, csv has the bytes as they are', () => {
  expect(createRowRenderer('csv', options)([{ a: '\u001b[31mx' }])).toBe('a\n\u001b[31mx\n');
});
