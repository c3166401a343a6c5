import { loadSharedConfigFiles } from '@smithy/core/config';

/** The shared AWS configuration: where it is looked for, and the profiles it has. */
export interface SharedProfiles {
  readonly paths: readonly string[];
  readonly names: readonly string[];
}

/** Reads the names of the profiles in the files that the AWS tools share. */
export async function readProfiles(env: Readonly<Record<string, string | undefined>>): Promise<SharedProfiles> {
  const configFilepath = env.AWS_CONFIG_FILE || '~/.aws/config';
  const filepath = env.AWS_SHARED_CREDENTIALS_FILE || '~/.aws/credentials';
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ configFilepath, filepath });
  // What is no profile has its kind before its name: `sso-session.`, `services.`.
  const profiles = Object.keys(configFile).filter((name) => !/^(?:sso-session|services)\./.test(name));
  return { paths: [configFilepath, filepath], names: [...new Set([...profiles, ...Object.keys(credentialsFile)])] };
}
