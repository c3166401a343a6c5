import { invalidParameter, WireError } from './wire-error.js';

/** Reads one member of a request; reports what is wrong with it under its path. */
export type Member<T> = (value: unknown, path: string, report: (violation: string) => void) => T;

/** The values that a set of members reads. */
export type Values<S extends Members> = { readonly [K in keyof S]: S[K] extends Member<infer T> ? T : never };

type Members = Readonly<Record<string, Member<unknown>>>;

/** Reads the members of a request; throws InvalidParameterException with every violation in the service's words. */
export function readMembers<S extends Members>(input: unknown, members: S): Values<S> {
  const violations: string[] = [];
  const values = structure(members)(input, '', (violation) => violations.push(violation));
  if (violations.length === 0) return values;
  const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
  throw invalidParameter(`${count}: ${violations.join('; ')}`);
}

/** A member that must be there. */
export function required<T>(member: Member<T | undefined>): Member<T> {
  return (value, path, report) => {
    if (value === undefined || value === null) report(violation(null, path, 'Member must not be null'));
    // A reported violation ends the request: nobody sees the value.
    return member(value, path, report) as T;
  };
}

/** A text, with the least and the greatest number of characters and the pattern of all of it. */
export function text(min: number, max: number, pattern?: string): Member<string | undefined> {
  const whole = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, 'u');
  return optional('string', (value: string, path, report) => {
    checkLength(value.length, value, { min, max, path, report });
    if (whole?.test(value) === false) {
      report(violation(value, path, `Member must satisfy regular expression pattern: ${pattern}`));
    }
  });
}

/** A whole number in a range. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Member<number | undefined> {
  return optional('number', (value: number, path, report) => {
    if (!Number.isInteger(value)) throw serialization();
    if (value < min) report(violation(value, path, `Member must have value greater than or equal to ${min}`));
    if (value > max) report(violation(value, path, `Member must have value less than or equal to ${max}`));
  });
}

/** A yes or no. */
export function flag(): Member<boolean | undefined> {
  return optional<boolean>('boolean', () => undefined);
}

/** One of a few words. */
export function oneOf<T extends string>(words: readonly T[]): Member<T | undefined> {
  return optional('string', (value: T, path, report) => {
    if (words.includes(value)) return;
    report(violation(value, path, `Member must satisfy enum value set: [${words.join(', ')}]`));
  });
}

/** A list, with the least and the greatest number of elements. */
export function list<T>(element: Member<T>, min: number, max: number): Member<readonly T[] | undefined> {
  return (value, path, report) => {
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) throw serialization();
    checkLength(value.length, `[${value.length === 0 ? '' : '...'}]`, { min, max, path, report });
    return value.map((each, index) => element(each, `${path}.${index + 1}.member`, report));
  };
}

/** A structure of members. */
export function structure<S extends Members>(members: S): Member<Values<S>> {
  const entries = Object.entries(members);
  return (value, path, report) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw serialization();
    const prefix = path === '' ? '' : `${path}.`;
    const given = value as Readonly<Record<string, unknown>>;
    // A put has two of these for each of its events.
    const values: Record<string, unknown> = {};
    for (const [name, member] of entries) values[name] = member(given[name], prefix + name, report);
    return values as Values<S>;
  };
}

type Check<T> = (value: T, path: string, report: (violation: string) => void) => void;

function optional<T>(type: 'string' | 'number' | 'boolean', check: Check<T>): Member<T | undefined> {
  return (value, path, report) => {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== type) throw serialization();
    check(value as T, path, report);
    return value as T;
  };
}

interface LengthCheck {
  readonly min: number;
  readonly max: number;
  readonly path: string;
  readonly report: (violation: string) => void;
}

function checkLength(length: number, value: string, { min, max, path, report }: LengthCheck): void {
  if (length < min) report(violation(value, path, `Member must have length greater than or equal to ${min}`));
  if (length > max) report(violation(value, path, `Member must have length less than or equal to ${max}`));
}

function violation(value: string | number | null, path: string, constraint: string): string {
  const shown = value === null ? 'null' : `'${value}'`;
  return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
}

function serialization(): WireError {
  return new WireError('SerializationException', 'The request could not be read: a member has the wrong type.');
}
