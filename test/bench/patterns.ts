import { compileFilterPattern } from '../../dist/pattern/filter-pattern.js';
import { median } from './measure.js';
import type { Row } from './run.js';

const rounds = 7;
const count = 100_000;
const levels = ['info', 'info', 'info', 'warn', 'error'];
const jsonMessages = Array.from({ length: count }, (_, index) =>
  JSON.stringify({
    time: new Date(Date.UTC(2026, 9, 1) + index * 250).toISOString(),
    level: levels[index % levels.length],
    status: index % 7 === 0 ? 503 : 200,
    method: 'GET',
    path: `/orders/${index}`,
    latencyMs: index % 900,
    requestId: `c464be4e-76ad-49d5-a2ff-${String(index).padStart(12, '0')}`,
  }),
);
const textMessages = Array.from(
  { length: count },
  (_, index) => `2026-10-01T00:00:00.000Z ${index % 10 === 0 ? 'ERROR' : 'INFO'} request ${index} of /orders handled`,
);

/** How many messages a second one pattern is matched against, on one core. */
export async function* patterns(): AsyncGenerator<Row> {
  yield row('patterns: two conditions on JSON', '{ $.level = error && $.status >= 500 }', jsonMessages, '≥ 200,000/s');
  yield row('patterns: a term', 'ERROR', textMessages, '≥ 1,000,000/s');
  yield row('patterns: a regular expression', '%request [0-9]+7 of%', textMessages, '');
  yield row('patterns: words by position', '[time, level = ERROR, ...]', textMessages, '');
}

function row(what: string, pattern: string, messages: readonly string[], limit: string): Row {
  const matches = compileFilterPattern(pattern);
  let matched = 0;
  const perSecond = Array.from({ length: rounds }, () => {
    const startMs = performance.now();
    matched = messages.filter(matches).length;
    return messages.length / ((performance.now() - startMs) / 1000);
  });
  const bytes = messages.reduce((sum, message) => sum + message.length, 0) / messages.length;
  const comparison = `${matched.toLocaleString('en-US')} of ${count.toLocaleString('en-US')} of ${bytes.toFixed(0)} bytes match`;
  return [what, `${Math.round(median(perSecond)).toLocaleString('en-US')}/s`, comparison, limit];
}
