import type { Grouping, QueryColumn, QueryCommand, SortKey } from './commands.js';
import { compareValues, type FieldValue, type QueryRecord, renderValue } from './record.js';

/** What a query finds: records, the newest first unless sorted otherwise, and the columns to show of each. */
export interface QueryFindings {
  readonly records: readonly QueryRecord[];
  readonly columns: readonly QueryColumn[];
  /** How many records passed the filters, however few are shown. */
  readonly matched: number;
}

/** Runs the commands of a query over the records of its groups and time. */
export function findRecords(commands: readonly QueryCommand[], all: readonly QueryRecord[]): QueryFindings {
  let records = all;
  let matched = all.length;
  let columns: QueryColumn[] = [];
  let isRaw = true;
  for (const command of commands) {
    switch (command.kind) {
      case 'fields':
        columns.push(...command.columns);
        break;
      case 'filter':
        records = records.filter(command.passes);
        if (isRaw) matched = records.length;
        break;
      case 'sort':
        records = sortRecords(records, command.keys);
        break;
      case 'limit':
        records = records.slice(0, command.count);
        isRaw = false;
        break;
      case 'stats':
        records = countRecords(records, command.counts, command.by);
        isRaw = false;
        columns = [
          ...command.by.map(({ name }) => ({ name, field: name })),
          ...command.counts.map((name) => ({ name, field: name })),
        ];
        break;
    }
  }
  return { records, matched, columns: columns.length === 0 ? usualColumns : columns };
}

/** A row as it is sent: only what it has, and the pointer to its event. */
export function toRow({ ptr, get }: QueryRecord, columns: readonly QueryColumn[]): object[] {
  const row: object[] = [];
  for (const { name, field } of columns) {
    const value = get(field);
    if (value !== undefined) row.push({ field: name, value: renderValue(value) });
  }
  if (ptr !== undefined) row.push({ field: '@ptr', value: ptr });
  return row;
}

const usualColumns = ['@timestamp', '@message'].map((name) => ({ name, field: name }));

function sortRecords(records: readonly QueryRecord[], keys: readonly SortKey[]): readonly QueryRecord[] {
  const keyed = records.map((record) => ({ record, values: keys.map(({ field }) => record.get(field)) }));
  keyed.sort((a, b) => {
    for (const [index, { descending }] of keys.entries()) {
      const order = compareValues(a.values[index], b.values[index]);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ record }) => record);
}

function countRecords(
  records: readonly QueryRecord[],
  names: readonly string[],
  by: readonly Grouping[],
): readonly QueryRecord[] {
  const groups = new Map<string, { readonly values: readonly (FieldValue | undefined)[]; count: number }>();
  for (const record of records) {
    const values = by.map((grouping) => bucketOf(record, grouping));
    const key = JSON.stringify(values);
    const group = groups.get(key) ?? { values, count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ values, count }) => {
    const grouped = new Map(by.map(({ name }, index) => [name, values[index]]));
    const get = (field: string) => (names.includes(field) ? count : grouped.get(field));
    return { ptr: undefined, get };
  });
}

function bucketOf(record: QueryRecord, { field, binMs }: Grouping): FieldValue | undefined {
  const value = record.get(field);
  if (binMs === undefined || !(value instanceof Date)) return value;
  return new Date(Math.floor(value.getTime() / binMs) * binMs);
}
