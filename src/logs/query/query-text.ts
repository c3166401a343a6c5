/** The languages of Logs Insights. */
export type QueryLanguage = 'CWLI' | 'PPL' | 'SQL';

/**
 * Commands after which a row is still one event, each judged for itself: a query of nothing else may be run in parts.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
const rowByRow: ReadonlySet<string> = new Set(['source', 'fields', 'display', 'filter', 'filterindex', 'parse']);

/** The commands of a query, without comments, cut at the pipes that are in no text, name or regular expression. */
export function commandsOf(queryString: string): string[] {
  const pieces = queryString.match(pieceOrPipe) ?? [];
  const commands = [''];
  for (const piece of pieces) {
    if (piece === '|') commands.push('');
    else if (!piece.startsWith('#')) commands.push((commands.pop() ?? '') + piece);
  }
  return commands.map((command) => command.trim()).filter((command) => command !== '');
}

/** Whether the results over a time are those over its parts, put together. */
export function canSplit(queryString: string, language: QueryLanguage): boolean {
  if (language !== 'CWLI') return false;
  // A query in the query may count or sort, whatever the outer one does.
  if (innerQuery.test(queryString)) return false;
  return commandsOf(queryString).every((command) => rowByRow.has(nameOf(command)));
}

const innerQuery = /\(\s*(?:source|fields|filter|stats)\b/i;

/** The most rows that a query itself says it gives; undefined where it says nothing of it. */
export function limitOf(queryString: string, language: QueryLanguage): number | undefined {
  if (language === 'SQL') {
    const [, rows] = sqlLimit.exec(queryString.replace(sqlUnread, ' ')) ?? [];
    return rows === undefined ? undefined : Number(rows);
  }
  const limits = commandsOf(queryString)
    .filter((command) => ['limit', 'head', 'tail'].includes(nameOf(command)))
    .map((command) => Number(/\d+/.exec(command)?.[0] ?? usualLimit));
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** Of a `head` that names no number. */
const usualLimit = 10;

/** Texts, names in quotes and comments. */
const sqlUnread = /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\//g;
/** Of the whole query: that of a query in it stands before a bracket. */
const sqlLimit = /\blimit\s+(\d+)(?:\s+offset\s+\d+)?\s*;?\s*$/i;

/** Whether a query says itself which groups it reads, so that a request must not. */
export function namesGroups(queryString: string, language: QueryLanguage): boolean {
  const [first = ''] = commandsOf(queryString);
  return language === 'SQL' || nameOf(first) === 'source';
}

/**
 * The columns that a query of rows names, as far as they are plain names: a row lacks the fields that its event does
 * not have, so that no row alone tells them all.
 */
export function columnsOf(queryString: string): string[] {
  const commands = commandsOf(queryString);
  const shown = commands.filter((command) => nameOf(command) === 'display');
  const named = (shown.length > 0 ? shown : commands.filter((command) => nameOf(command) === 'fields')).flatMap(
    (command) => listOf(command.slice(command.search(/\s|$/))),
  );
  return [...new Set(named.flatMap((entry) => plainName.exec(entry)?.[1] ?? []))];
}

/**
 * Whether the rows of a query are certainly no events with their time and text: it counts, or names columns of which
 * these are none. Without a word on columns, the service gives both.
 */
export function lacksEvents(queryString: string, language: QueryLanguage): boolean {
  if (language !== 'CWLI' || innerQuery.test(queryString)) return false;
  const commands = commandsOf(queryString);
  if (commands.some((command) => remaking.has(nameOf(command)))) return true;
  const naming = commands.filter((command) => nameOf(command) === 'fields' || nameOf(command) === 'display');
  // An asterisk may stand for more.
  if (naming.length === 0 || naming.some((command) => /(?:\s|,)\*(?:,|\s|$)/.test(command))) return false;
  const columns = columnsOf(queryString);
  return !columns.includes('@timestamp') || !columns.includes('@message');
}

/** Commands that make rows of another kind. */
const remaking: ReadonlySet<string> = new Set(['stats', 'pattern', 'diff', 'anomaly']);

/**
 * Makes a test of columns for those in which the service gives times: `@timestamp`, `@ingestionTime` and what `bin()`
 * makes, also by another name.
 */
export function timeColumnsOf(queryString: string): (column: string) => boolean {
  const renamed = [...queryString.matchAll(/\bbin\([^)]*\)\s+as\s+`?([\w@.-]+)/gi)].flatMap(([, name]) => name ?? []);
  const names = new Set(['@timestamp', '@ingestionTime', ...renamed]);
  return (column) => names.has(column) || /^bin\(/i.test(column);
}

/** A slash begins a regular expression only where one may stand: elsewhere it divides. */
const pieceOrPipe =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|(?<=(?:\blike|\bparse(?:\s+(?:`[^`]*`|[^\s|]+))?|=~|[(,])\s*)\/(?:[^/\\\n]|\\.)+\/|#[^\n]*|[^"'`/#|]+|[\s\S]/gi;
const plainName = /^(?:[\s\S]*\sas\s+)?`?([\w@.-]+)`?$/i;

function nameOf(command: string): string {
  return /^\w*/.exec(command)?.[0].toLowerCase() ?? '';
}

/** Cuts at the commas that are in no brackets. */
function listOf(text: string): string[] {
  const entries = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(' || character === '[') depth += 1;
    if (character === ')' || character === ']') depth -= 1;
    if (character === ',' && depth === 0) entries.push('');
    else entries.push((entries.pop() ?? '') + character);
  }
  return entries.map((entry) => entry.trim());
}
