import type { Command } from 'commander';
import type { Io } from '../../io.js';

/** A command as the root knows it, before its file is loaded. */
export interface ListedCommand {
  readonly name: string;
  readonly alias?: string;
  /** Its operands, as the help of the root lists them. */
  readonly takes: string;
  /** Undefined for a command that is not shown. */
  readonly summary?: string;
  /** Loads the file of the command, which adds what the command takes and does. */
  readonly load: () => Promise<Register>;
}

/** All commands, in the order of the help. */
export const listedCommands: readonly ListedCommand[] = [
  {
    name: 'fetch',
    alias: 'get',
    takes: '[options] <group...>',
    summary: 'download a time range',
    load: async () => (await import('../fetch.js')).registerFetch,
  },
  {
    name: 'tail',
    alias: 'watch',
    takes: '[options] <group...>',
    summary: 'the last lines, then what comes',
    load: async () => (await import('../tail.js')).registerTail,
  },
  {
    name: 'trace',
    takes: '[options] <id> <group...>',
    summary: 'everything about one id, across groups, on one timeline',
    load: async () => (await import('../trace.js')).registerTrace,
  },
  {
    name: 'histogram',
    takes: '[options] <group...>',
    summary: 'events over time as a picture in the terminal',
    load: async () => (await import('../histogram.js')).registerHistogram,
  },
  {
    name: 'groups',
    takes: '[options] [pattern]',
    summary: 'list log groups',
    load: async () => (await import('../groups.js')).registerGroups,
  },
  {
    name: 'streams',
    takes: '[options] <group> [pattern]',
    summary: 'list the streams of a log group',
    load: async () => (await import('../streams.js')).registerStreams,
  },
  {
    name: 'query',
    takes: '[options] [text]',
    summary: 'run a Logs Insights query',
    load: async () => (await import('../query.js')).registerQuery,
  },
  {
    name: 'export',
    takes: '[options] [group] [s3-url]',
    summary: 'let the service export a log group to S3',
    load: async () => (await import('../export.js')).registerExport,
  },
  {
    name: 'pattern',
    takes: '[options] <pattern> [file...]',
    summary: 'try a filter pattern on local lines, offline',
    load: async () => (await import('../pattern.js')).registerPattern,
  },
  {
    name: 'verify',
    takes: '[options] <path>',
    summary: 'check a download against its manifest',
    load: async () => (await import('../verify.js')).registerVerify,
  },
  {
    name: 'put',
    takes: '[options] <group> [stream]',
    summary: 'the lines of stdin into a log group',
    load: async () => (await import('../put.js')).registerPut,
  },
  {
    name: 'serve',
    takes: '[options]',
    summary: 'run a local CloudWatch Logs endpoint, in memory',
    load: async () => (await import('../serve.js')).registerServe,
  },
  {
    name: 'demo',
    takes: '[options] <command...>',
    summary: 'run any cwlogs command against made-up log groups, without an account',
    load: async () => (await import('../demo.js')).registerDemo,
  },
  {
    name: 'completion',
    takes: '[options] <shell>',
    summary: 'a completion script for bash, zsh, fish or powershell',
    load: async () => (await import('../completion.js')).registerCompletion,
  },
  {
    name: 'complete',
    takes: '<shell> <line> [replaced]',
    load: async () => (await import('../completion.js')).registerComplete,
  },
];

/** Adds to a command what it takes and does; `register` does so to others. */
type Register = (
  command: Command,
  io: Io,
  argv: readonly string[],
  program: Command,
  register: (commands: readonly Command[]) => Promise<void>,
) => void;
