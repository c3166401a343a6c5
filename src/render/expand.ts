import { type Ink, paint } from './palette.js';

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const step = '  ';

/**
 * Lays out a message that is a JSON object or array over several lines, two spaces a level; every token stays as it was
 * written, so that numbers keep their digits. Any other message stays as it is.
 */
export function expandJson(message: string, key: Ink): string {
  if (!isJson(message)) return message;
  let text = '';
  let depth = 0;
  let last = '';
  const tokens = message.match(token) ?? [];
  for (const [at, word] of tokens.entries()) {
    if (word === '}' || word === ']') {
      depth -= 1;
      if (last !== '{' && last !== '[') text += `\n${step.repeat(depth)}`;
      text += word;
    } else {
      if (last === '{' || last === '[' || last === ',') text += `\n${step.repeat(depth)}`;
      if (word === '{' || word === '[') depth += 1;
      const isKey = word.startsWith('"') && tokens[at + 1] === ':';
      text += isKey ? paint(key, word) : word === ':' ? ': ' : word;
    }
    last = word;
  }
  return text;
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
