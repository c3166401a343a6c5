import { UsageError } from '../../errors.js';
import type { LogEvent } from '../../logs/event.js';
import type { CountKey } from '../../logs/query/query-counts.js';
import type { Histogram } from '../../shape/histogram.js';

/** The key of events that lack what tells the others apart. */
export const noKey = '(none)';

/** What tells events apart, by `--by`: one of their own fields, or one of their JSON message. */
export async function createKeyOf(by: string | undefined): Promise<(event: LogEvent) => string> {
  switch (by) {
    case undefined:
      return () => '';
    case 'group':
      return ({ logGroupName }) => logGroupName;
    case 'stream':
      return ({ logStreamName }) => logStreamName;
    case 'region':
      return ({ region }) => region;
    case 'level': {
      const { levelOf } = await import('../../level.js');
      return ({ message }) => levelOf(message) ?? noKey;
    }
    default: {
      const { jsonValueText } = await import('../../json-value.js');
      const path = fieldPath(by).split('.');
      return ({ message }) => jsonValueText(message, path) || noKey;
    }
  }
}

/** Whether events were to be told apart by what none of them has. */
export function lacksKey({ series }: Histogram): boolean {
  return series.length === 1 && series[0]?.key === noKey;
}

/** What tells events apart where queries count them, which cannot look into a message for words. */
export function toCountKey(by: string | undefined): CountKey | undefined {
  if (by === undefined || by === 'group' || by === 'stream' || by === 'region') return by;
  if (by === 'level') {
    const fix = 'try --by .level for the field of that name in JSON messages';
    throw new UsageError({ flag: '--by', value: by, problem: 'cannot be told by a query', fix });
  }
  const field = fieldPath(by);
  if (field !== '' && !/[`\p{Cc}]/u.test(field)) return { field };
  throw new UsageError({ flag: '--by', value: by, problem: 'is not a field of a query', fix: 'try --by status' });
}

function fieldPath(by: string): string {
  return by.replace(/^\$?\./, '');
}

/** From the bottom of a bar: what is worst first. */
const levelOrder = ['error', 'warn', 'info', 'debug', 'platform', noKey];
const maxSeries = 8;

/** The counts in the order in which they are drawn, as many as can be told apart. */
export async function toShown(histogram: Histogram, by: string | undefined): Promise<Histogram> {
  const { joinRareKeys } = await import('../../shape/histogram.js');
  if (by !== 'level') return joinRareKeys(histogram, maxSeries);
  const series = [...histogram.series].sort((a, b) => levelOrder.indexOf(a.key) - levelOrder.indexOf(b.key));
  return { ...histogram, series };
}
