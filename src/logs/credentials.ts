import { credentialsTreatedAsExpired, defaultProvider } from '@aws-sdk/credential-provider-node';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, Logger } from '@smithy/types';

/** Credentials from where the AWS tools look for them, which can be looked for anew. */
export interface RenewableCredentials {
  readonly provide: AwsCredentialIdentityProvider;
  /** The service no longer takes them: the next request looks for new ones, in files too that were read before. */
  renew(): void;
}

/**
 * Makes the credentials of one client. The SDK's own chain keeps keys without a date of expiry, and the files it has
 * read, as long as the process lives: whoever logs in again would have to start it again.
 */
export function createRenewableCredentials(profile: string | undefined, logger: Logger): RenewableCredentials {
  let known: Promise<AwsCredentialIdentity> | undefined;
  const load = defaultProviderOf(profile, logger);
  return {
    async provide(caller) {
      known ??= load(caller);
      try {
        const credentials = await known;
        if (credentialsTreatedAsExpired(credentials)) known = undefined;
        // Dated back, so that the client asks here for every request.
        return { ...credentials, expiration: new Date(0) };
      } catch (error) {
        known = undefined;
        throw error;
      }
    },
    renew() {
      known = undefined;
    },
  };
}

function defaultProviderOf(profile: string | undefined, logger: Logger): AwsCredentialIdentityProvider {
  const options = { ignoreCache: true, logger, ...(profile === undefined ? {} : { profile }) };
  // Made for each look: a chain remembers what it found.
  return (caller) => defaultProvider(options)(caller);
}
