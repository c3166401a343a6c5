import { UsageError } from '../errors.js';
import type { EventRenderer } from './event-format.js';
import { labelled, toFullName } from './message-lines.js';
import { createNameText } from './message-text.js';
import { createPlaceholders, type Placeholder, type PlaceholderOptions } from './placeholder.js';

/** What a template is written for. */
export interface TemplateOptions extends PlaceholderOptions {
  /** Puts `group:stream` and a tab before each line. */
  readonly withName?: boolean;
}

const flag = '--format';

/** Compiles a template such as `{time:HH:mm:ss} {json.status} {message}`: one line an event. */
export function createTemplateRenderer(template: string, options: TemplateOptions): EventRenderer {
  const parts = parseTemplate(template, options);
  const nameText = createNameText(options.terminal);
  return (events) => {
    let text = '';
    for (const event of events) {
      let line = '';
      for (const part of parts) line += typeof part === 'string' ? part : part(event);
      text += `${options.withName === true ? labelled(line, nameText(toFullName(event))) : line}\n`;
    }
    return text;
  };
}

/** Literal text and values by turns; anything unknown is a usage error. */
export function parseTemplate(template: string, options: PlaceholderOptions): readonly (string | Placeholder)[] {
  const toValue = createPlaceholders(options, { flag, value: template });
  const parts: (string | Placeholder)[] = [];
  for (const [token, name] of template.matchAll(/\{\{|\}\}|\{([^{}]*)\}|\\[tn0\\]|[^{}\\]+|[{}\\]/g)) {
    if (name !== undefined) parts.push(toValue(name));
    else if (token === '{' || token === '}') {
      throw new UsageError({
        flag,
        value: template,
        problem: `has a lone ${token}`,
        fix: `write ${token}${token} for a brace`,
      });
    } else parts.push(literals.get(token) ?? token);
  }
  return parts;
}

const literals: ReadonlyMap<string, string> = new Map([
  ['{{', '{'],
  ['}}', '}'],
  ['\\t', '\t'],
  ['\\n', '\n'],
  ['\\0', '\0'],
  ['\\\\', '\\'],
]);
