import { describe } from '../../describe.js';
import { GroupNotFoundError } from '../../errors.js';
import type { Reporter } from '../../io.js';
import type { WriterNews } from '../../logs/write/news.js';

/** What tells a user how a run of `put` goes. */
export interface PutNews {
  tell(news: WriterNews): void;
  /** What the run ends with, if something failed for good. */
  failure(): unknown;
}

/** What is told about. */
export interface PutSubject {
  readonly logGroup: string;
  readonly createGroup?: boolean | undefined;
  readonly retentionDays?: number | undefined;
}

/** Makes what says what a writer has to say; the first event that is given up on ends the run. */
export function createPutNews(
  subject: PutSubject,
  reporter: Reporter,
  rejectedNow: () => string,
  stop: () => void,
): PutNews {
  const { logGroup, retentionDays } = subject;
  let failure: unknown;
  const fail = (error: unknown): void => {
    if (failure === undefined && error instanceof GroupNotFoundError && subject.createGroup !== true) {
      void reporter.warn(`--create would make ${logGroup}`);
    }
    failure ??= error;
    stop();
  };
  return {
    tell(news) {
      switch (news.kind) {
        case 'begin': {
          const rejected = rejectedNow();
          if (rejected !== '') void reporter.warn(`${rejected}: left out, CloudWatch Logs does not take them`);
          return;
        }
        case 'group-created':
          return void reporter.notice(
            `made ${logGroup}, which keeps events ${retentionDays === undefined ? 'for ever' : `for ${retentionDays} days`}`,
          );
        case 'retention-refused':
          failure ??= news.error;
          return;
        case 'outage':
          return void reporter.warn(`${describe(news.error).message}; holding what is read and trying on`);
        case 'recovered':
          return void reporter.warn(`delivering again after ${Math.ceil(news.durationMs / 1_000)} s`);
        case 'failed':
          return fail(news.error);
        case 'rejected':
          return;
      }
    },
    failure: () => failure,
  };
}
