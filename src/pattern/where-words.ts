import { UsageError } from '../errors.js';
import { shellWord } from '../escape.js';

/** The refusal of what has no operator where one should be, with the condition that was probably meant. */
export function noComparison(condition: string, field: string, rest: string): UsageError {
  const { problem, fix } = wordMistake(condition, field, rest.trim());
  return new UsageError({ flag: '--where', value: condition, problem, fix });
}

/** The refusal of what does not begin with a field. */
export function noField(condition: string): UsageError {
  const isPattern = /^\s*(?:\{|\[[^\d]|[-?]?"[^"]*"\s*$)/.test(condition);
  return new UsageError({
    flag: '--where',
    value: condition,
    problem: isPattern ? 'is a filter pattern, not a condition' : 'does not begin with a field',
    fix: isPattern
      ? `write --filter ${shellWord(condition)}`
      : "write it as in 'status>=500', 'user.id!=7' or 'level=error,fatal'",
  });
}

function wordMistake(condition: string, field: string, rest: string): { problem: string; fix: string } {
  const problem = 'has no comparison';
  const write = (right: string) => ({ problem, fix: `write ${shellWord(right)}` });
  if (rest === '') {
    const [, name, value] = /^([\w@.-]+):(\S.*)$/s.exec(field) ?? [];
    if (name !== undefined) return write(`${name}=${value}`);
    if (/^[-?]|^[A-Z][A-Z\d_]*$|^%.+%$/.test(field)) {
      return {
        problem: 'is a term to look for, not a condition on a field',
        fix: `write --filter ${shellWord(field)}`,
      };
    }
    return {
      problem: `${problem}: unquoted, a > or < and what follows went to the shell`,
      fix: `quote it, as in '${condition.trim()}>=500'`,
    };
  }
  const [, lacking] = /^!~\s*(.*)$/s.exec(rest) ?? [];
  if (lacking !== undefined) return write(`${field}!=*${lacking}*`);
  const [, literal] = /^is\s+(null|true|false)$/i.exec(rest) ?? [];
  if (literal !== undefined) return write(`${field}=${literal.toLowerCase()}`);
  const [, other] = /^is\s+not\s+(null|true|false)$/i.exec(rest) ?? [];
  if (other !== undefined) return write(`${field}!=${other.toLowerCase()}`);
  if (/^(?:is\s+)?not\s+exists$/i.test(rest)) return { problem, fix: `write --filter '{ $.${field} NOT EXISTS }'` };
  if (/^exists$/i.test(rest)) return write(`${field}!=null`);
  const [, part] = /^(?:like|contains|matches)\s+['"%*]*(.*?)['"%*]*$/is.exec(rest) ?? [];
  if (part !== undefined) return write(`${field}~${part}`);
  const [, list] = /^in\s*[([](.*)[)\]]$/is.exec(rest) ?? [];
  if (list !== undefined) return write(`${field}=${list.split(',').map(unquoted).join(',')}`);
  return { problem, fix: 'behind the field comes one of = != < <= > >= ~' };
}

function unquoted(text: string): string {
  return text.trim().replace(/^(['"])(.*)\1$/s, '$2');
}
