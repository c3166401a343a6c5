import { compileExtraction } from '../pattern/filter-pattern.js';
import { PatternError } from '../pattern/pattern-error.js';
import { list, readMembers, required, text } from './members.js';
import type { Service } from './service.js';
import { invalidParameter } from './wire-error.js';

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html
const members = {
  filterPattern: required(text(0, 1024)),
  logEventMessages: required(list(required(text(1, Number.MAX_SAFE_INTEGER)), 1, 50)),
};

/** Says which messages a pattern matches; they are counted from 1, as the service does against its documentation. */
export function testMetricFilter(_: Service, request: unknown): string {
  const { filterPattern = '', logEventMessages } = readMembers(request, members);
  const extract = compile(filterPattern);
  const matches = logEventMessages.flatMap((eventMessage, index) => {
    const extractedValues = extract(eventMessage);
    return extractedValues === undefined ? [] : [{ eventNumber: index + 1, eventMessage, extractedValues }];
  });
  return JSON.stringify({ matches });
}

function compile(pattern: string): ReturnType<typeof compileExtraction> {
  try {
    return compileExtraction(pattern);
  } catch (error) {
    throw error instanceof PatternError ? invalidParameter(error.metricFilterMessage) : error;
  }
}
