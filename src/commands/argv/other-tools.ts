import type { Command } from 'commander';

/** What other tools call something that is called differently here. */
interface OtherName {
  readonly flags: readonly string[];
  /** The option that is meant, where the command has it. */
  readonly meant?: string;
  /** What to do instead, in commands that have no such option. */
  readonly fix?: string;
  /** The commands in which the fix helps; default: all. */
  readonly of?: readonly string[];
}

/** What to do in place of an option that another tool has; undefined where nothing is known of it. */
export function fixOf(
  flag: string,
  command: Command,
): { readonly fix: string; readonly takesValue: boolean } | undefined {
  for (const { flags, meant, fix, of } of otherNames) {
    if (!flags.includes(flag)) continue;
    const option = command.options.find(({ long }) => long === meant);
    if (meant !== undefined && option !== undefined) {
      return { fix: `did you mean ${meant}?`, takesValue: option.required };
    }
    if (fix !== undefined && of?.includes(command.name()) !== false) return { fix, takesValue: false };
  }
  return undefined;
}

const ofEvents = ['fetch', 'tail', 'trace'];
const ofGroups = ['fetch', 'tail', 'trace', 'histogram', 'export', 'put', 'streams'];
const lists = ['groups', 'streams'];

/** Of awslogs, saw, cw, utern, loro, stern, journalctl, kubectl, `sam logs` and the AWS CLI. */
export const otherNames: readonly OtherName[] = [
  { flags: ['--start-time', '--since-time', '--from', '--begin', '-b'], meant: '--start' },
  { flags: ['--end-time', '--stop', '--to', '-u'], meant: '--end' },
  {
    flags: ['--end', '-e', '--until', '--end-time', '--stop', '--to', '-u'],
    fix: 'cwlogs fetch has an end; --for 5m ends a tail',
    of: ['tail'],
  },
  {
    flags: ['--start', '-s', '--since', '--end', '-e', '--until'],
    fix: 'it lists all: --sort last-event puts the newest first',
    of: lists,
  },
  { flags: ['--local', '--local-time', '-l'], fix: 'times are in the zone of this machine; --tz chooses another' },
  { flags: ['--timezone', '--time-zone'], meant: '--tz' },
  { flags: ['--log-stream-names', '--log-stream-name', '--stream-name', '--streams'], meant: '--stream' },
  {
    flags: ['--log-stream-name-prefix', '--log-stream-name-prefixes', '--prefix', '--task'],
    meant: '--stream-prefix',
  },
  {
    flags: ['--prefix', '--log-group-prefix', '--log-group-name-prefix', '--log-group-name-pattern', '-p'],
    fix: "write a pattern: cwlogs groups '/prod/*'",
    of: ['groups'],
  },
  {
    flags: ['--prefix', '--log-stream-name-prefix'],
    fix: "write a pattern: cwlogs streams /prod/api 'web/*'",
    of: ['streams'],
  },
  {
    flags: ['--log-group-names', '--log-group-name', '--log-group-identifiers', '--log-group', '--cw-log-group'],
    meant: '--group',
  },
  {
    flags: [
      '--log-group-names',
      '--log-group-name',
      '--log-group-identifiers',
      '--log-group',
      '--cw-log-group',
      '--group',
    ],
    fix: 'a log group stands alone: cwlogs fetch /prod/api',
    of: ofGroups,
  },
  { flags: ['--filter-pattern', '--log-event-filter-pattern'], meant: '--filter' },
  { flags: ['--include', '--highlight', '--regexp'], meant: '--grep' },
  { flags: ['--grepv', '--invert-match'], meant: '--exclude' },
  { flags: ['--watch'], meant: '--follow' },
  {
    flags: ['--watch-interval', '--poll-interval', '--interval'],
    fix: 'leave it out: what comes is asked for about each second',
    of: ['fetch', 'tail'],
  },
  { flags: ['--no-follow'], fix: 'it ends by itself: leave it out' },
  { flags: ['--follow-until'], meant: '--until-match' },
  { flags: ['--retry'], meant: '--wait' },
  { flags: ['--tail', '--lines'], meant: '--last' },
  { flags: ['--max-events', '--max-items', '--max-count', '--head', '-m'], meant: '--limit' },
  { flags: ['--template', '--output-format', '--output', '-o'], meant: '--format' },
  { flags: ['--pretty'], meant: '--expand' },
  { flags: ['--timestamp', '--timestamps', '-t'], fix: '--format short shows times', of: ofEvents },
  { flags: ['--ingestion-time'], fix: "try --format '{ingestionTime} {message}'", of: ofEvents },
  { flags: ['--event-id'], fix: "try --format '{eventId} {message}'", of: ofEvents },
  { flags: ['--json'], fix: 'write --format json', of: [...ofEvents, ...lists, 'histogram', 'query'] },
  {
    flags: ['--no-group', '--no-stream', '--no-log-group', '--no-log-stream', '-G', '-S', '-GS', '-SG'].concat([
      '--raw',
      '--rawString',
      '--raw-string',
      '--plain',
      '--only-log-lines',
    ]),
    fix: "a pipe gets messages alone; so does a terminal by --format '{message}'",
    of: ofEvents,
  },
  { flags: ['--order-by', '--orderBy'], meant: '--sort' },
  { flags: ['--descending', '--reverse'], fix: '--sort puts the largest or newest first', of: lists },
  {
    flags: ['--descending', '--reverse', '-r'],
    fix: 'events come in the order of time; tac turns them round',
    of: ['fetch'],
  },
  {
    flags: ['--query-string'],
    fix: "the text stands alone: cwlogs query 'fields @message' --group /prod/api",
    of: ['query'],
  },
  { flags: ['--query-language'], meant: '--language' },
  { flags: ['--aws-region', '-r'], meant: '--region' },
  { flags: ['--aws-profile', '-p'], meant: '--profile' },
  { flags: ['--aws-endpoint-url', '--endpoint'], meant: '--endpoint-url' },
  {
    flags: ['--aws-access-key-id', '--aws-secret-access-key', '--aws-session-token'],
    fix: 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give a --profile',
  },
  { flags: ['--no-color', '--nocolor', '--no-colour'], fix: 'write --color never' },
  { flags: ['--no-verify-ssl', '--ca-bundle'], fix: 'name the certificates of the network in AWS_CA_BUNDLE' },
  { flags: ['--silent'], meant: '--quiet' },
  { flags: ['--verbose'], meant: '--debug' },
];

/** The command that is meant by a word of another tool, with the words behind it. */
export function otherCommand([word = '', next]: readonly string[]): string | undefined {
  if (word === 'ls' || word === 'list') return next === 'streams' ? 'streams' : 'groups';
  return Object.entries(otherCommands).find(([, words]) => words.includes(word))?.[0];
}

const otherCommands: Readonly<Record<string, readonly string[]>> = {
  fetch: ['download', 'filter-log-events', 'get-log-events', 'logs', 'read', 'search', 'grep', 'cat'],
  tail: ['follow', 'start-live-tail', 'live'],
  groups: ['describe-log-groups', 'list-log-groups'],
  streams: ['describe-log-streams'],
  query: ['insights', 'start-query'],
  put: ['put-log-events', 'write', 'send', 'push'],
  export: ['create-export-task'],
  '--version': ['version'],
};
