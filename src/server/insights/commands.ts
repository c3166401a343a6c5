import { type RecordTest, readCondition, readField } from './filter.js';
import { malformed, readTokens, type TokenReader } from './tokens.js';

/** A command of a query, of those that the endpoint knows. */
export type QueryCommand =
  | { readonly kind: 'fields'; readonly columns: readonly QueryColumn[] }
  | { readonly kind: 'filter'; readonly passes: RecordTest }
  | { readonly kind: 'sort'; readonly keys: readonly SortKey[] }
  | { readonly kind: 'limit'; readonly count: number }
  /** Counts records; the names are those of the columns with the count. */
  | { readonly kind: 'stats'; readonly counts: readonly string[]; readonly by: readonly Grouping[] };

/** A column of the results and the field it shows. */
export interface QueryColumn {
  readonly name: string;
  readonly field: string;
}

/** A field by which results are sorted. */
export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

/** What records are grouped by: a field, or their time rounded down. */
export interface Grouping extends QueryColumn {
  readonly binMs: number | undefined;
}

/** Reads a query; throws MalformedQueryException, with the place, on all that is not in the endpoint's subset. */
export function readQuery(query: string): QueryCommand[] {
  const tokens = readTokens(query);
  const commands: QueryCommand[] = [];
  do commands.push(readCommand(tokens));
  while (tokens.accept('|'));
  const rest = tokens.peek();
  if (rest.kind !== 'end') throw malformed("expecting '|'", rest);
  return commands;
}

function readCommand(tokens: TokenReader): QueryCommand {
  const word = tokens.next();
  switch (word.text.toLowerCase()) {
    case 'fields':
    case 'display':
      return { kind: 'fields', columns: readList(tokens, () => readColumn(tokens)) };
    case 'filter':
      return { kind: 'filter', passes: readCondition(tokens) };
    case 'sort':
      return { kind: 'sort', keys: readList(tokens, () => readKey(tokens)) };
    case 'limit':
      return { kind: 'limit', count: readCount(tokens) };
    case 'stats':
      return {
        kind: 'stats',
        counts: readList(tokens, () => readTally(tokens)),
        by: tokens.accept('by') ? readList(tokens, () => readGrouping(tokens)) : [],
      };
    default:
      throw malformed('expecting one of fields, display, filter, sort, limit, stats', word);
  }
}

function readList<Part>(tokens: TokenReader, readPart: () => Part): Part[] {
  const parts: Part[] = [];
  do parts.push(readPart());
  while (tokens.accept(','));
  return parts;
}

function readColumn(tokens: TokenReader): QueryColumn {
  const field = readField(tokens);
  return { field, name: tokens.accept('as') ? readField(tokens) : field };
}

function readKey(tokens: TokenReader): SortKey {
  const field = tokens.accept('count') ? `count${readStar(tokens)}` : readField(tokens);
  const descending = tokens.accept('desc');
  if (!descending) tokens.accept('asc');
  return { field, descending };
}

function readCount(tokens: TokenReader): number {
  const token = tokens.next();
  const count = Number(token.text);
  if (token.kind !== 'number' || !Number.isInteger(count) || count < 1) throw malformed('expecting a number', token);
  return count;
}

/** Reads `count(*)`, the only one of the aggregations here. */
function readTally(tokens: TokenReader): string {
  tokens.expect('count');
  const written = `count${readStar(tokens)}`;
  return tokens.accept('as') ? readField(tokens) : written;
}

function readStar(tokens: TokenReader): string {
  tokens.expect('(');
  tokens.expect('*');
  tokens.expect(')');
  return '(*)';
}

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function readGrouping(tokens: TokenReader): Grouping {
  if (!tokens.accept('bin')) return { ...readColumn(tokens), binMs: undefined };
  tokens.expect('(');
  const period = tokens.next();
  const [, count, unit = ''] = /^(\d+)([smhd])$/.exec(period.text) ?? [];
  const unitMs = unitsMs[unit];
  if (unitMs === undefined) throw malformed('expecting a period such as 5m', period);
  tokens.expect(')');
  const name = tokens.accept('as') ? readField(tokens) : `bin(${period.text})`;
  return { name, field: '@timestamp', binMs: Number(count) * unitMs };
}
