/** Writes a text as a cell of CSV, in quotes where it needs them: https://www.rfc-editor.org/rfc/rfc4180 */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
