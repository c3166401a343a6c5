import { UsageError } from '../errors.js';
import { shellWord } from '../escape.js';

/** A `--where` cut where its operator stands. */
export interface WhereParts {
  readonly condition: string;
  /** As it was typed. */
  readonly field: string;
  readonly operator: string;
  readonly value: string;
}

/**
 * Refuses what reads like a condition of another language and would be searched for as a text, which no message has.
 * A text that is meant so can be said in double quotes.
 */
export function refuseMistake(parts: WhereParts): void {
  const mistake = joinMistake(parts) ?? (isQuotedText(parts.value) ? quotedMistake(parts) : bareMistake(parts));
  if (mistake === undefined) return;
  throw new UsageError({ flag: '--where', value: parts.condition, ...mistake });
}

/** Whether double quotes enclose a value: it is a text then, whatever it looks like. */
export function isQuotedText(value: string): boolean {
  return /^".*"$/s.test(value);
}

interface Mistake {
  readonly problem: string;
  readonly fix: string;
}

/** A field and an operator, as they begin a second condition. */
const secondCondition = String.raw`(?:\$\.)?[\w@.-]+(?:\[[^\]]*\])*\s*(?:[=!<>]=?|~)`;
const joint = new RegExp(String.raw`\s*(&&|\|\||\s(?:and|or)\s)\s*(?=${secondCondition})`, 'i');

function joinMistake({ field, operator, value }: WhereParts): Mistake | undefined {
  const found = joint.exec(value);
  if (found === null) return undefined;
  const first = value.slice(0, found.index);
  // Inside of quotes it is a text: what joins conditions stands behind a closing quote.
  if (isQuotedText(value) && !first.endsWith('"')) return undefined;
  const word = found[1]?.trim() ?? '';
  const left = `${field}${operator}${first}`;
  const right = value.slice(found.index + found[0].length);
  const problem = `is more than one condition, joined by ${word}`;
  const fixed = (fix: string) => ({ problem, fix: operator === '~' ? orText(fix, field, operator, value) : fix });
  if (/&|and/i.test(word)) return fixed(`give each its own: ${each([left, right])}`);
  const other = new RegExp(String.raw`^(?:\$\.)?${literally(field)}\s*=+\s*([^\s=<>!~].*)$`, 's').exec(right)?.[1];
  if (operator === '=' && other !== undefined && !/[&|]|\s(?:and|or)\s/i.test(other)) {
    return fixed(`write ${shellWord(`${left},${other}`)}`);
  }
  return fixed(`either of two fields is asked for by --filter, as in '{ $.level = "error" || $.status >= 500 }'`);
}

function quotedMistake({ field, operator, value }: WhereParts): Mistake | undefined {
  if (!/^"[^"]*"(?:\s*(?:\|+|\bor\b)\s*"[^"]*")+$/i.test(value)) return undefined;
  const texts = value.match(/"[^"]*"/g) ?? [];
  return {
    problem: 'has alternatives that no comma separates',
    fix: `write ${shellWord(`${field}${operator}${texts.join(',')}`)}`,
  };
}

function bareMistake(parts: WhereParts): Mistake | undefined {
  return (
    operatorMistake(parts) ??
    quoteMistake(parts) ??
    regexMistake(parts) ??
    rangeMistake(parts) ??
    listMistake(parts) ??
    caseMistake(parts)
  );
}

/** What other languages write for an operator, by what is read as one and what follows it. */
const slips: readonly (readonly [operator: string, follows: RegExp, meant: string])[] = [
  ['=', /^=+~/, '~'],
  ['=', /^=+/, '='],
  ['=', /^>/, '>='],
  ['=', /^<(?!.*>)/s, '<='],
  ['=', /^~/, '~'],
  ['=', /^!/, '!='],
  ['!=', /^=+/, '!='],
  ['<', /^>/, '!='],
  ['<=', /^>/, '!='],
  ['<=', /^=/, '<='],
  ['>=', /^=/, '>='],
  ['~', /^[=~]/, '~'],
];

function operatorMistake({ field, operator, value }: WhereParts): Mistake | undefined {
  for (const [read, follows, meant] of slips) {
    const extra = read === operator ? follows.exec(value)?.[0] : undefined;
    if (extra === undefined) continue;
    const rest = value.slice(extra.length).trim();
    const right = shellWord(`${field}${meant}${rest === '' ? '500' : rest}`);
    const isText = operator === '=' || operator === '!=' || operator === '~';
    return {
      problem: `has ${operator}${extra} where ${meant} is meant`,
      fix: isText ? orText(`write ${right}`, field, operator, value) : `write ${right}`,
    };
  }
  return undefined;
}

function quoteMistake({ field, operator, value }: WhereParts): Mistake | undefined {
  const bare = value.split(',').map((text) => /^(['‘’“”])(.*)(['‘’“”])$/s.exec(text.trim())?.[2]);
  if (bare.every((text) => text === undefined)) return undefined;
  const plain = value.split(',').map((text, index) => bare[index] ?? text.trim());
  return {
    problem: 'has quotes inside, which would be part of the text',
    fix: `they are not needed: write ${shellWord(`${field}${operator}${plain.join(',')}`)}`,
  };
}

/** `500..599`, `[500 TO 599]`, as other tools write a range. */
function rangeMistake({ field, operator, value }: WhereParts): Mistake | undefined {
  const [, least, most] = /^\[?(\d+)\s*(?:\.\.|\s+TO\s+)\s*(\d+)\]?$/i.exec(value) ?? [];
  if (operator !== '=' || least === undefined || most === undefined) return undefined;
  const fix = `write ${each([`${field}>=${least}`, `${field}<=${most}`])}, or ${shellWord(`${field}="${value}"`)} for that text`;
  return { problem: 'looks like a range of numbers', fix };
}

function regexMistake({ field, operator, value }: WhereParts): Mistake | undefined {
  const source = /^%(.+)%$/s.exec(value)?.[1];
  if (source === undefined) return undefined;
  if (/^[\w -]+$/.test(source)) {
    const right = `write ${shellWord(`${field}~${source}`)} for a part of the text`;
    return { problem: 'has % signs, which --where takes for part of the text', fix: right };
  }
  return {
    problem: 'has a regular expression, which --where takes for a text',
    fix: `write --filter ${shellWord(`{ $.${field.replace(/^\$\./, '')} ${operator === '!=' ? '!=' : '='} ${value} }`)}`,
  };
}

function listMistake({ field, operator, value }: WhereParts): Mistake | undefined {
  if (isOrder(operator)) return undefined;
  const texts = value.split(',').map((text) => text.trim());
  const filled = texts.filter((text) => text !== '');
  if (texts.length > 1 && filled.length < texts.length) {
    const right = `write ${shellWord(`${field}${operator}${filled.join(',') || 'error,fatal'}`)}`;
    return { problem: 'has a comma without a value', fix: orText(`${right}, without spaces`, field, operator, value) };
  }
  if (operator === '~') return undefined;
  const [first = '', ...others] = texts;
  if (!/[=<>~]/.test(first) && others.some((text) => new RegExp(`^${secondCondition}`).test(text))) {
    const conditions = [`${field}${operator}${first}`, ...others];
    return {
      problem: 'is more than one condition, joined by a comma',
      fix: orText(`give each its own: ${each(conditions)}`, field, operator, value),
    };
  }
  const alternatives = value.split(/\s*\|+\s*|\s+or\s+/i);
  if (alternatives.length > 1 && alternatives.every((text) => /^[\w-]+$/.test(text))) {
    return {
      problem: 'has alternatives that no comma separates',
      fix: orText(`write ${shellWord(`${field}${operator}${alternatives.join(',')}`)}`, field, operator, value),
    };
  }
  return undefined;
}

function caseMistake({ field, operator, value }: WhereParts): Mistake | undefined {
  if (operator !== '=' && operator !== '!=') return undefined;
  const texts = value.split(',').map((text) => text.trim());
  const odd = texts.find((text) => /^(?:true|false|null)$/i.test(text) && text !== text.toLowerCase());
  if (odd === undefined) return undefined;
  const right = texts.map((text) => (/^(?:true|false|null)$/i.test(text) ? text.toLowerCase() : text)).join(',');
  const fix = orText(`write ${shellWord(`${field}${operator}${right}`)}`, field, operator, value);
  return { problem: `has ${odd}, which JSON writes in small letters`, fix };
}

function each(conditions: readonly string[]): string {
  return conditions.map((condition) => `-w ${shellWord(condition.trim())}`).join(' ');
}

/** A fix, with the way to say that the text was meant as it stands. */
function orText(fix: string, field: string, operator: string, value: string): string {
  return `${fix}, or ${shellWord(`${field}${operator}"${value}"`)} for that text`;
}

function isOrder(operator: string): boolean {
  return /^[<>]/.test(operator);
}

function literally(text: string): string {
  return text.replace(/^\$\./, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
