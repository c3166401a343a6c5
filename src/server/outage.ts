import { type Answer, toRefusal } from './answer.js';
import type { Operation } from './operations.js';
import { accessDenied, expiredCredentials, internalFailure, rateExceeded, serviceUnavailable } from './wire-error.js';

/**
 * How everything fails while an outage lasts: every request is throttled, meets a failed service, has expired
 * credentials or too few rights; its connection is reset, accepted and never answered, or refused.
 */
export type OutageKind = 'throttle' | '500' | '503' | 'expired' | 'denied' | 'reset' | 'hang' | 'refuse';

/** Answers a request during an outage. */
export function toOutageAnswer(kind: OutageKind, operation: Operation): Answer {
  switch (kind) {
    case 'throttle':
      return toRefusal(rateExceeded());
    case '500':
      return toRefusal(internalFailure());
    case '503':
      return toRefusal(serviceUnavailable());
    case 'expired':
      return toRefusal(expiredCredentials());
    case 'denied':
      return toRefusal(accessDenied(operation));
    case 'hang':
      return { statusCode: 200, body: '', sent: 'never' };
    // What still comes through a refused port was under way when the outage began.
    case 'refuse':
    case 'reset':
      return { statusCode: 200, body: '', sent: 'nothing' };
  }
}
