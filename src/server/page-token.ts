import { createHmac } from 'node:crypto';
import type { TokenLife } from './token-life.js';
import { invalidToken } from './wire-error.js';

/** Page tokens: opaque to clients and good only for the request that they continue. */
export interface PageTokens {
  /** Makes the token with which a request goes on from a position. */
  issue(request: unknown, position: string): string;
  /** The position in a token of this request; throws InvalidParameterException on any other text. */
  redeem(request: unknown, token: string): string;
}

/** Creates tokens that are signed together with their request: nothing has to be remembered between two pages. */
export function createPageTokens(key: string, life: TokenLife): PageTokens {
  const toToken = (request: unknown, position: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([request, position]))
      .digest('base64url') + Buffer.from(position).toString('base64url');
  return {
    issue(request, position) {
      const token = toToken(request, position);
      life.begin(token);
      return token;
    },
    redeem(request, token) {
      const position = Buffer.from(token.slice(signatureLength), 'base64url').toString();
      if (token !== toToken(request, position)) throw invalidToken();
      life.check(token);
      return position;
    },
  };
}

/** SHA-256 in base64url. */
const signatureLength = 43;
