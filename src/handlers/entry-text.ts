import { inspect } from 'node:util';

/** What is logged, as one message: text as it is, anything else as JSON. */
export function toMessage(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  try {
    return JSON.stringify(entry instanceof Error ? plain(entry) : entry, replace) ?? String(entry);
  } catch {
    // What holds itself has no JSON; its picture is better than nothing.
    return inspect(entry);
  }
}

function replace(_: string, value: unknown): unknown {
  if (value instanceof Error) return plain(value);
  return typeof value === 'bigint' ? value.toString() : value;
}

/** The parts of an error that JSON would leave out. */
function plain(error: Error): object {
  const { name, message, stack, cause, ...others } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause }), ...others };
}
