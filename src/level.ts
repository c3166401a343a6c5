/** How grave a message is; `platform` is what AWS itself logs around an invocation. */
export type Level = 'error' | 'warn' | 'info' | 'debug' | 'platform';

const platformLine = /^(?:START|END|REPORT) RequestId: |^(?:INIT_START|INIT_REPORT|EXTENSION) /;
/** The member of a JSON message: the outermost, since it comes first in what loggers write. */
const jsonLevel = /"(?:level|severity|lvl|levelname|log\.level|loglevel)"\s*:\s*(?:"([A-Za-z]+)"|(\d{1,3})\b)/i;
/** Words for it in other messages; lower case is taken for one only where it is marked as one. */
const textLevel =
  /\b(FATAL|ERROR|CRITICAL|SEVERE|PANIC|ALERT|EMERG(?:ENCY)?|WARN(?:ING)?|INFO|NOTICE|DEBUG|TRACE)\b|\b(?:level|lvl|severity)=["']?([a-z]+)|\[([a-z]+)\]|Task timed out/;
/** Levels stand near the beginning; a long message is not searched for one. */
const searchedLength = 2_000;

const levels: ReadonlyMap<string, Level> = new Map([
  ['fatal', 'error'],
  ['error', 'error'],
  ['err', 'error'],
  ['critical', 'error'],
  ['crit', 'error'],
  ['severe', 'error'],
  ['panic', 'error'],
  ['alert', 'error'],
  ['emerg', 'error'],
  ['emergency', 'error'],
  ['warn', 'warn'],
  ['warning', 'warn'],
  ['info', 'info'],
  ['information', 'info'],
  ['notice', 'info'],
  ['debug', 'debug'],
  ['trace', 'debug'],
  ['verbose', 'debug'],
]);

/** Reads the level of a message: of its JSON, or of the first word for one in its text. */
export function levelOf(message: string): Level | undefined {
  if (platformLine.test(message)) return 'platform';
  const start = message.length > searchedLength ? message.slice(0, searchedLength) : message;
  if (/^\s*\{/.test(start)) {
    const [, word, number] = jsonLevel.exec(start) ?? [];
    return number === undefined ? levels.get(word?.toLowerCase() ?? '') : levelOfNumber(Number(number));
  }
  const found = textLevel.exec(start);
  if (found === null) return undefined;
  const word = found[1] ?? found[2] ?? found[3];
  return word === undefined ? 'error' : levels.get(word.toLowerCase());
}

/** As pino and bunyan number them. */
function levelOfNumber(number: number): Level {
  if (number >= 50) return 'error';
  if (number >= 40) return 'warn';
  return number >= 30 ? 'info' : 'debug';
}
