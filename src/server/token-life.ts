import type { Random } from './random.js';
import { expiredToken } from './wire-error.js';

/** How page tokens come to an end before their request does. */
export interface TokenLifeSettings {
  /** How long a token is good; undefined: for ever. */
  readonly lifetimeMs: number | undefined;
  /** The share of good tokens that are refused all the same. */
  readonly refusals: number;
}

/** Follows page tokens from being issued to being used. */
export interface TokenLife {
  /** Notes that a token was issued now. */
  begin(token: string): void;
  /** Lets a token pass; throws InvalidParameterException on one that is too old, or has bad luck. */
  check(token: string): void;
}

/** Creates the life of an endpoint's tokens; they are remembered only where they grow old. */
export function createTokenLife(
  { lifetimeMs, refusals }: TokenLifeSettings,
  now: () => number,
  random: Random,
): TokenLife {
  const issuedMs = new Map<string, number>();
  const isExpired = (atMs: number | undefined) =>
    lifetimeMs !== undefined && (atMs === undefined || now() > atMs + lifetimeMs);
  return {
    begin(token) {
      if (lifetimeMs === undefined) return;
      for (const [old, atMs] of issuedMs) {
        if (!isExpired(atMs)) break;
        issuedMs.delete(old);
      }
      // Entries are in the order of their times: a token that is issued again moves to the end.
      issuedMs.delete(token);
      issuedMs.set(token, now());
    },
    check(token) {
      if (isExpired(issuedMs.get(token))) throw expiredToken();
      if (refusals > 0 && random() < refusals) throw expiredToken();
    },
  };
}
