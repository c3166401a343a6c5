import { IncompleteError } from '../errors.js';
import { csvCell } from './csv.js';
import { createPalette, paint } from './palette.js';
import { type Column, renderRow, widest } from './table.js';
import { visibleJson, visibleName, visibleText } from './visible-text.js';

/** How rows of named texts are written. */
export type RowFormat = 'table' | 'json' | 'csv' | 'tsv';

/** A row of named texts; what it lacks is empty. */
export type NamedRow = Readonly<Record<string, string>>;

/** What decides the look of rows. */
export interface RowOptions {
  /** Columns that come first, also where no row has them. */
  readonly columns: readonly string[];
  /** Columns that are not shown unless they are among those; `json` shows all. */
  readonly hidden: readonly string[];
  /** Absent when stdout is a pipe or a file: then texts are written as they are. */
  readonly terminal?: { readonly color: boolean };
  /** What a table shows in another zone than the one they come in. */
  readonly times?: RowTimes;
}

/** Columns whose texts are times, and how these are shown. */
export interface RowTimes {
  /** Said in the titles of these columns. */
  readonly zone: string;
  readonly isTime: (column: string) => boolean;
  readonly toText: (cell: string) => string;
}

/**
 * Creates the renderer of one run, which takes page after page. What has a header has the columns of the first page in
 * it: a field that shows only later is an {@link IncompleteError}.
 */
export function createRowRenderer(format: RowFormat, options: RowOptions): (rows: readonly NamedRow[]) => string {
  if (format === 'json') {
    return (rows) => {
      const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
      return options.terminal === undefined ? text : visibleJson(text);
    };
  }
  const write = format === 'table' ? createTableWriter(options) : createLineWriter(format, options);
  let header: readonly string[] | undefined;
  return (rows) => {
    if (rows.length === 0) return '';
    const isFirst = header === undefined;
    const columns = header ?? columnsOf(rows, options);
    header = columns;
    if (!isFirst) refuseLate(rows, columns, options.hidden);
    const cells = rows.map((row) => columns.map((column) => (Object.hasOwn(row, column) ? (row[column] ?? '') : '')));
    return write(columns, cells, isFirst);
  };
}

type CellWriter = (columns: readonly string[], cells: readonly (readonly string[])[], isFirst: boolean) => string;

function columnsOf(rows: readonly NamedRow[], { columns, hidden }: RowOptions): string[] {
  const found = new Set(columns);
  for (const row of rows) for (const name of Object.keys(row)) if (!hidden.includes(name)) found.add(name);
  return [...found];
}

function refuseLate(rows: readonly NamedRow[], columns: readonly string[], hidden: readonly string[]): void {
  const known = new Set([...columns, ...hidden]);
  for (const row of rows) {
    const late = Object.keys(row).find((name) => !known.has(name));
    if (late !== undefined) {
      throw new IncompleteError(`field ${late} came after the header was written; --format json shows every field`);
    }
  }
}

function createLineWriter(format: 'csv' | 'tsv', { terminal }: RowOptions): CellWriter {
  const toCell = format === 'csv' ? csvCell : escapeTsv;
  const separator = format === 'csv' ? ',' : '\t';
  const toLine = (cells: readonly string[]): string => `${cells.map(toCell).join(separator)}\n`;
  return (columns, cells, isFirst) => {
    const text = [...(isFirst ? [columns] : []), ...cells].map(toLine).join('');
    return terminal === undefined ? text : visibleText(text, false);
  };
}

/** There is no quoting in tab-separated values: what would break a line is written as its escape. */
function escapeTsv(cell: string): string {
  return cell.replace(/[\\\t\r\n]/g, (sign) => tsvEscapes[sign] ?? sign);
}

const tsvEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\r': '\\r', '\n': '\\n' };

/** Later pages have the widths of the first. */
function createTableWriter({ terminal, times }: RowOptions): CellWriter {
  let layout: readonly Column[] = [];
  let widths: readonly number[] = [];
  return (columns, cells, isFirst) => {
    const timesAt = columns.map((column) => (times?.isTime(column) === true ? times : undefined));
    const rows = cells.map((row) =>
      row.map((cell, index) => visibleName((timesAt[index]?.toText(cell) ?? cell).trimEnd())),
    );
    const titles = columns.map((column, index) => {
      const zone = timesAt[index]?.zone;
      return visibleName(zone === undefined ? column : `${column} (${zone})`);
    });
    if (isFirst) {
      layout = titles.map((title, index) => ({ title, align: isNumeric(rows, index) ? 'right' : 'left' }));
      widths = titles.map((_, index) => widest([titles, ...rows], index));
    }
    const lines = rows.map((row) => renderRow(row, layout, widths));
    const header = paint(createPalette(terminal?.color === true).dim, renderRow(titles, layout, widths));
    return [...(isFirst ? [header] : []), ...lines].map((line) => `${line}\n`).join('');
  };
}

function isNumeric(rows: readonly (readonly string[])[], index: number): boolean {
  return rows.every((row) => /^(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)?$/i.test(row[index] ?? ''));
}
