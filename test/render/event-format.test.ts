import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { parseEventFormat } from '../../src/render/event-format.js';

test.each(['message', 'short', 'detailed', 'json', 'fields'])('%s is a format', (text) => {
  expect(parseEventFormat(text, '--format')).toBe(text);
});

test.each(['', 'JSON', 'text', 'toString', 'json '])('%j is refused with the list of formats', (text) => {
  expect(() => parseEventFormat(text, '--format')).toThrow(
    new UsageError({
      flag: '--format',
      value: text,
      problem: 'is not a format',
      fix: "use message, short, detailed, json, fields, or a template such as '{time:HH:mm:ss} {message}'",
    }),
  );
});
