import { readFileSync } from 'node:fs';

/** A pattern, with messages that CloudWatch Logs finds by it and messages that it does not. */
export interface ServiceAnswer {
  readonly kind: 'terms' | 'regular expressions' | 'json' | 'fields';
  readonly pattern: string;
  readonly matches: readonly string[];
  readonly rejects: readonly string[];
}

/** What the service was seen or documented to answer. */
export const serviceAnswers = JSON.parse(
  readFileSync(new URL('service-answers.json', import.meta.url), 'utf8'),
) as readonly ServiceAnswer[];
