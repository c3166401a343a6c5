import { compileFilterPattern } from '../pattern/filter-pattern.js';
import { PatternError } from '../pattern/pattern-error.js';
import { skipSpace } from '../pattern/tokens.js';
import { invalidParameter } from './wire-error.js';

/** The test of messages that a request's filter pattern stands for; undefined where every message passes. */
export function toMessageTest(pattern: string | undefined): ((message: string) => boolean) | undefined {
  if (pattern === undefined || skipSpace(pattern, 0) === pattern.length) return undefined;
  try {
    return compileFilterPattern(pattern);
  } catch (error) {
    throw error instanceof PatternError ? invalidParameter(error.serviceMessage) : error;
  }
}
