import stringWidth from 'string-width';
import { createPalette, paint } from './palette.js';
import { visibleName } from './visible-text.js';

const gap = '  ';

/** One column of a listing. */
export interface Column {
  readonly title: string;
  /** `right` for numbers; `left` if absent. */
  readonly align?: 'left' | 'right';
}

/** A row: one value per column. */
export type Row = readonly string[];

/** Where a listing goes. */
export interface TableOptions {
  /** Absent when stdout is a pipe or a file. */
  readonly terminal?: { readonly color: boolean };
}

/** Renders a listing: aligned under a dim header on a terminal, else tab-separated values without a header. */
export function renderTable(columns: readonly Column[], rows: readonly Row[], { terminal }: TableOptions): string {
  if (terminal === undefined) return rows.map((row) => `${row.join('\t')}\n`).join('');
  if (rows.length === 0) return '';
  const visibleRows = rows.map((row) => row.map(visibleName));
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, index) => widest([titles, ...visibleRows], index));
  const header = paint(createPalette(terminal.color).dim, renderRow(titles, columns, widths));
  return [header, ...visibleRows.map((row) => renderRow(row, columns, widths))].map((line) => `${line}\n`).join('');
}

/** How wide a column has to be. */
export function widest(rows: readonly Row[], index: number): number {
  return rows.reduce((width, row) => Math.max(width, stringWidth(row[index] ?? '')), 0);
}

/** Renders one line of a table. */
export function renderRow(row: Row, columns: readonly Column[], widths: readonly number[]): string {
  const cells = columns.map(({ align }, index) => {
    const value = row[index] ?? '';
    const padding = ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(value)));
    return align === 'right' ? padding + value : value + padding;
  });
  return cells.join(gap).trimEnd();
}
