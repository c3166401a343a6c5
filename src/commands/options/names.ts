import { UsageError } from '../../errors.js';
import { toShellLine } from '../../escape.js';
import { refusePatternParts } from '../argv/split-filter.js';

const maxNameLength = 512;

/**
 * Reads a stream name as the service allows it.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html
 */
export function parseStreamName(text: string, flag: string): string {
  refuseStreamName(text, flag);
  if (/[:*]/.test(text)) {
    throw new UsageError({
      flag,
      value: text,
      problem: 'is not a stream name: they hold neither : nor *',
      fix: 'give the exact name, or the beginning of several by --stream-prefix',
    });
  }
  return text;
}

/** Reads a stream name in which `*` stands for any text; `[`, `$` and `?` are characters of names like others. */
export function parseStreamPattern(text: string, flag: string): string {
  refuseStreamName(text, flag);
  if (!text.includes(':')) return text;
  const problem = 'is not a stream name: they hold no :';
  throw new UsageError({
    flag,
    value: text,
    problem,
    fix: 'give a name, or a pattern with *; cwlogs streams lists them',
  });
}

function refuseStreamName(text: string, flag: string): void {
  if (text === '') throw new UsageError({ flag, value: text, problem: 'is empty' });
  if (/\[\]\*?$/.test(text)) {
    throw new UsageError({
      flag,
      value: text,
      problem: 'ends in [], where the shell took $LATEST for a variable',
      fix: 'put the name in single quotes',
    });
  }
  if (text.length > maxNameLength)
    throw new UsageError({ flag, value: text, problem: `is longer than ${maxNameLength} characters` });
}

/** Reads the `<group...>` operands: names, in which `*` stands for any text, or ARNs, each once. */
export function parseGroups(operands: readonly string[], flag = '<group>'): string[] {
  refusePatternParts(operands, flag);
  for (const text of operands) refuseStreamPart(text, flag);
  const groups = new Map<string, string>();
  for (const text of operands) {
    const group = isGroupPattern(text) ? parseGroupPattern(text, flag) : parseGroup(text, flag);
    // An ARN means the same group with and without what stands for its streams.
    const meant = group.replace(/:\*$/, '');
    if (!groups.has(meant)) groups.set(meant, group);
  }
  return [...groups.values()];
}

/** Refuses `group:stream`, as other tools have it. */
function refuseStreamPart(text: string, flag: string): void {
  const [, group, stream] = /^([\w.\-/#]+):([^:*]+)\*?$/.exec(text) ?? [];
  if (group === undefined || stream === undefined || flag.startsWith('--')) return;
  const fix = `a stream is chosen by an option: ${toShellLine([group, '--stream-prefix', stream])}`;
  throw new UsageError({ flag, value: text, problem: 'is not a log group name, which holds no :', fix });
}

/** Whether an operand is a pattern; an ARN may end in `:*` and mean one group. */
export function isGroupPattern(text: string): boolean {
  return text.includes('*') && !text.startsWith('arn:');
}

function parseGroupPattern(text: string, flag: string): string {
  if (/^[\w.\-/#*]+$/.test(text) && text.length <= maxNameLength) return text;
  refuseOtherWildcards(text, flag);
  throw new UsageError({
    flag,
    value: text,
    problem: 'is not a pattern of log group names: letters, digits, . - _ / # and *, which stands for any text',
    fix: "try '/aws/lambda/prod-*'",
  });
}

/** What shells know as wildcards besides `*`; no name of a group holds any of it. */
const otherWildcards = /\{[^{}]*\}|\?|\[[^[\]]*\]/g;
const maxWritten = 4;

function refuseOtherWildcards(text: string, flag: string): void {
  if (!/^[\w.\-/#*?{},[\]]+$/.test(text) || text.search(otherWildcards) < 0) return;
  const [, before = '', alternatives, after = ''] = /^([^{}]*)\{([^{}]*,[^{}]*)\}([^{}]*)$/.exec(text) ?? [];
  const each = alternatives?.split(',').map((one) => `${before}${one}${after}`) ?? [];
  const isListed = each.length > 0 && each.length <= maxWritten;
  const meant = (isListed ? each : [text]).map((one) => one.replaceAll(otherWildcards, '*').replaceAll(/\*+/g, '*'));
  const words = flag.startsWith('--') ? meant.flatMap((one) => [flag, one]) : meant;
  throw new UsageError({
    flag,
    value: text,
    problem: 'is not a pattern of log group names: only * is a wildcard, and stands for any text',
    fix: `write ${toShellLine(words)}`,
  });
}

/** Reads one `<group>` operand. */
export function parseGroup(text: string, flag = '<group>'): string {
  if (/^\d+$/.test(text)) {
    throw new UsageError({
      flag,
      value: text,
      problem: 'is a number, not a log group: an option before it takes one value or none',
      fix: 'put groups right after the command',
    });
  }
  if (text.startsWith('arn:')) {
    if (/^arn:[\w-]+:logs:[\w-]+:\d{12}:log-group:[\w.\-/#]+(:\*)?$/.test(text)) return text;
    throw new UsageError({
      flag,
      value: text,
      problem: 'is not the ARN of a log group',
      fix: 'it looks like arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/api',
    });
  }
  refuseOtherWildcards(text, flag);
  if (!/^[\w.\-/#]+$/.test(text) || text.length > maxNameLength) {
    throw new UsageError({
      flag,
      value: text,
      problem: 'is not a log group name: letters, digits and . - _ / # only, at most 512',
      fix: 'cwlogs groups lists them',
    });
  }
  return text;
}

/** Refuses the ARN of a group in a region that is not read: it would seem not to exist. */
export function refuseForeignArns(
  logGroups: readonly string[],
  regions: readonly string[],
  flag: string | undefined = '<group>',
): void {
  for (const logGroup of logGroups) {
    const region = logGroup.startsWith('arn:') ? logGroup.split(':')[3] : undefined;
    if (region === undefined || regions.includes(region)) continue;
    throw new UsageError({
      flag,
      value: logGroup,
      problem: `is in ${region}, and what is read is ${regions.join(', ')}`,
      fix: `add --region ${region}`,
    });
  }
}
