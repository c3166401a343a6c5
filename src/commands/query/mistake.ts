import { UsageError } from '../../errors.js';
import { QueryFailedError } from '../../job-errors.js';

/** Points at the place in the text where the service stopped to understand it. */
export async function explainMistake(error: unknown, flag: string): Promise<unknown> {
  if (!(error instanceof QueryFailedError) || error.status !== 'Malformed') return error;
  const { renderPointer } = await import('../../pattern/pointer.js');
  const { queryString, problem = 'it is malformed', place } = error;
  const refused = `was refused by the service: ${problem}`;
  if (place === undefined) return new UsageError({ flag, problem: refused });
  const before = queryString.slice(0, place.start);
  const lineStart = before.lastIndexOf('\n') + 1;
  const [line = ''] = queryString.slice(lineStart).split('\n');
  return new UsageError({ flag, problem: refused, picture: renderPointer(line, place.start - lineStart + 1) });
}
