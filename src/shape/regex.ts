import { RE2JS, RE2JSException } from 're2js';
import { UsageError } from '../errors.js';

/**
 * Compiles a regular expression from the command line into a test of messages. The engine's time is linear in the
 * message, whatever the expression; look-around and back references, which cannot be had so, are refused.
 */
export function parseRegex(text: string, flag: string): (message: string) => boolean {
  if (text === '')
    throw new UsageError({ flag, value: text, problem: 'is empty: it would match everything', fix: 'leave it out' });
  try {
    const compiled = RE2JS.compile(text);
    return (message) => compiled.test(message);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const [, detail = error.message] = /^error parsing regexp: (.+)$/s.exec(error.message) ?? [];
    throw new UsageError({
      flag,
      value: text,
      problem: `is not a regular expression: ${detail}`,
      fix: `literal signs are escaped: ${flag} 'a\\.b\\(1\\)'`,
    });
  }
}
