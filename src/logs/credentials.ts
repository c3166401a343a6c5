import { credentialsTreatedAsExpired, defaultProvider } from '@aws-sdk/credential-provider-node';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, Logger } from '@smithy/types';

/** Credentials from where the AWS tools look for them, which can be looked for anew. */
export interface RenewableCredentials {
  readonly provide: AwsCredentialIdentityProvider;
  /** The service no longer takes them: the next request looks for new ones, in files too that were read before. */
  renew(): void;
}

/** Where credentials come from, and how the services that give them are reached. */
export interface Login {
  readonly profile: string | undefined;
  readonly logger: Logger;
  readonly requestHandler: object;
  /** Asked for the code of an MFA device, by its serial number. */
  readonly mfaCode: ((serial: string) => Promise<string>) | undefined;
}

/**
 * Makes the credentials of one client. The SDK's own chain keeps keys without a date of expiry, and the files it has
 * read, as long as the process lives: whoever logs in again would have to start it again.
 */
export function createRenewableCredentials(login: Login): RenewableCredentials {
  let known: Promise<AwsCredentialIdentity> | undefined;
  const load = defaultProviderOf(login);
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

function defaultProviderOf({ profile, logger, requestHandler, mfaCode }: Login): AwsCredentialIdentityProvider {
  const options = {
    ignoreCache: true,
    logger,
    // STS and IAM Identity Center are reached in the same way as the logs.
    clientConfig: { requestHandler },
    ...(profile === undefined ? {} : { profile }),
    ...(mfaCode === undefined ? {} : { mfaCodeProvider: mfaCode }),
  };
  // Made for each look: a chain remembers what it found.
  return (caller) => defaultProvider(options)(caller);
}
