import { GroupChoiceError, GroupNotFoundError, StreamNotFoundError } from '../../errors.js';

/** Adds to an error about a group or stream that is not there what can be done about that; others stay as they are. */
export function withHint(error: unknown, hint: string | undefined): unknown {
  if (hint === undefined) return error;
  if (error instanceof GroupNotFoundError)
    return new GroupNotFoundError(error.logGroup, error.near, error.failed, hint);
  if (error instanceof StreamNotFoundError) return new StreamNotFoundError({ ...error.missing, hint });
  if (error instanceof GroupChoiceError && error.mayCome) return new GroupChoiceError(error.message, { hint });
  return error;
}
