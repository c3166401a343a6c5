import { visible } from './escape.js';

/** What is wrong with an input, as parts; {@link describe} puts them into one line. */
export interface UsageProblem {
  /** The option or operand at fault, as the user writes it: `--start`, `<group>`. */
  readonly flag?: string;
  /** The text as given. */
  readonly value?: string;
  /** Predicate: `is not a time`, `is ambiguous: 5 June or 6 May`. */
  readonly problem: string;
  /** What would work: `try "2h ago" or 2026-11-20T15:00`. */
  readonly fix?: string | undefined;
  /** Lines to show below that point at the place. */
  readonly picture?: string;
}

/** Bad input, found before any request is made. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly flag: string | undefined;
  readonly value: string | undefined;
  readonly problem: string;
  readonly fix: string | undefined;
  readonly picture: string | undefined;

  constructor(usage: UsageProblem) {
    const subject = [usage.flag, usage.value === undefined ? undefined : quote(usage.value)].filter(Boolean).join(' ');
    super([subject, usage.problem].filter(Boolean).join(' ') + (usage.fix === undefined ? '' : `; ${usage.fix}`));
    this.flag = usage.flag;
    this.value = usage.value;
    this.problem = usage.problem;
    this.fix = usage.fix;
    this.picture = usage.picture;
  }
}

const maxQuotedLength = 118;

/** Quotes a value for a one-line message: control characters escaped, long text cut. */
export function quote(value: string): string {
  const text = visible(JSON.stringify(value));
  if (text.length <= maxQuotedLength + 2) return text;
  return `${text.slice(0, maxQuotedLength - 1).replace(/[\ud800-\udbff]$/, '')}…"`;
}

/** A request that failed for good; `cause` is the SDK's own exception. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** The API operation: `FilterLogEvents`. */
  readonly operation: string;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  /** The log group the request named, where it named one. */
  readonly logGroup: string | undefined;

  constructor(failed: {
    operation: string;
    cause: unknown;
    region?: string | undefined;
    profile?: string | undefined;
    logGroup?: string | undefined;
  }) {
    super(`${failed.operation}: ${textOf(failed.cause)}`, { cause: failed.cause });
    this.operation = failed.operation;
    this.region = failed.region;
    this.profile = failed.profile;
    this.logGroup = failed.logGroup;
  }
}

/** A log group that is not there, with the names that come nearest. */
export class GroupNotFoundError extends Error {
  override readonly name = 'GroupNotFoundError';
  readonly logGroup: string;
  readonly near: readonly string[];
  readonly failed: ServiceError;
  /** What may have been meant instead, as the end of a sentence. */
  readonly hint: string | undefined;

  constructor(logGroup: string, near: readonly string[], failed: ServiceError, hint?: string) {
    super(`log group ${quote(logGroup)} does not exist`, { cause: failed });
    this.logGroup = logGroup;
    this.near = near;
    this.failed = failed;
    this.hint = hint;
  }
}

/** A stream given by its name that none of the groups has, with the names that come nearest. */
export class StreamNotFoundError extends Error {
  override readonly name = 'StreamNotFoundError';
  readonly missing: MissingStream;

  constructor(missing: MissingStream) {
    super(`stream ${quote(missing.stream)} does not exist`, { cause: missing.failed });
    this.missing = missing;
  }
}

/** What is known of a stream that is not there. */
export interface MissingStream {
  readonly stream: string;
  readonly logGroups: readonly string[];
  readonly near: readonly string[];
  readonly failed?: ServiceError;
  /** What may be done instead, as the end of a sentence. */
  readonly hint?: string;
}

/** It cannot be told which log groups are meant: none matches, or several do where one was asked for. */
export class GroupChoiceError extends Error {
  override readonly name = 'GroupChoiceError';
  /** Whether a group that is created later would settle it. */
  readonly mayCome: boolean;
  /** What may be done instead, as the end of a sentence. */
  readonly hint: string | undefined;

  constructor(message: string, { mayCome = false, hint }: { readonly mayCome?: boolean; readonly hint?: string } = {}) {
    super(message);
    this.mayCome = mayCome;
    this.hint = hint;
  }
}

/** The service answered a page with the token that had asked for it: following it would never end. */
export class RepeatedTokenError extends Error {
  override readonly name = 'RepeatedTokenError';

  constructor(logGroup: string) {
    super(`the service repeated a page token of ${quote(logGroup)}; what was read so far is not complete, try again`);
  }
}

/** A file that could not be read or written; `cause` is the system's error. */
export class SaveError extends Error {
  override readonly name = 'SaveError';
  readonly path: string;
  /** What was tried. */
  readonly verb: 'read' | 'write' | 'read or write';

  constructor(path: string, cause: unknown, verb: SaveError['verb'] = 'read or write') {
    super(`${quote(path)}: ${textOf(cause).replace(endOfSystemError, '')}`, { cause });
    this.path = path;
    this.verb = verb;
  }
}

/** The call and the path again: `, open '/var/log/app.log'`. */
const endOfSystemError = /(?<=^E[A-Z]+: .*), [a-z]+(?: '.*')?$/s;

/** Files that are not what their manifest says. */
export class DamageError extends Error {
  override readonly name = 'DamageError';

  constructor(path: string, damage: readonly string[]) {
    super(`${quote(path)} is not what its manifest says: ${damage.join('; ')}`);
  }
}

/** An answer that is not of CloudWatch Logs at all. */
export class ForeignAnswerError extends Error {
  override readonly name = 'ForeignAnswerError';

  constructor(statusCode: number, contentType: string) {
    super(`HTTP ${statusCode}, ${contentType}`);
  }
}

/**
 * A condition that the user asked to be told about by an exit code: 3 where something did not come
 * (`--fail-if-empty`), 4 where something came that must not (`--fail-on`).
 */
export class ConditionError extends Error {
  override readonly name = 'ConditionError';
  readonly exitCode: 3 | 4;

  constructor(message: string, exitCode: 3 | 4 = 3) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Not all that was asked for could be read; the message says what is missing. */
export class IncompleteError extends Error {
  override readonly name = 'IncompleteError';
}

/** The reader of stdout has closed it: an expected ending, exit code 0. */
export class ClosedPipeError extends Error {
  override readonly name = 'ClosedPipeError';
}

/** A signal asked the process to stop; the reason of `Io.signal`. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly signalName: InterruptSignal;

  constructor(signalName: InterruptSignal) {
    super(`interrupted by ${signalName}`);
    this.signalName = signalName;
  }
}

/** The signals that ask a process to stop. */
export type InterruptSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** The name of whatever was thrown: `AccessDeniedException`. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}

/** The words of whatever was thrown. */
export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A refused connection to a name with two addresses is an AggregateError without words of its own.
  if (error.message === '' && error instanceof AggregateError) return error.errors.map(textOf).join(', ');
  return error.message === '' ? error.name : error.message;
}
