import { type Palette, paint } from './palette.js';

/** Renders a text as a dim rule across the terminal. */
export function renderRule(text: string, palette: Palette, columns: number): string {
  return `${paint(palette.dim, `── ${text} `.padEnd(columns, '─'))}\n`;
}
