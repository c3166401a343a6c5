import { type Command, Option } from 'commander';
import { collect } from './values.js';

/** Options that every command takes. */
export interface GlobalFlags {
  /** Only of the reading commands. */
  readonly rate?: string;
  readonly profile?: string;
  readonly region?: readonly string[];
  readonly endpointUrl?: string;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: boolean;
  readonly printPolicy?: boolean;
  readonly debug?: boolean;
}

/** Adds the options that every command takes. */
export function addGlobalOptions(command: Command): Command {
  return command
    .optionsGroup('Global options:')
    .option('--profile <name>', 'profile of the shared AWS configuration')
    .option('--region <name>', 'AWS region; repeat it to read several', collect)
    .option('--endpoint-url <url>', 'another address than the region’s own')
    .addOption(new Option('--color <when>', 'colour: auto, always or never').default('auto'))
    .option('-q, --quiet', 'say nothing on stderr but errors')
    .option('--print-policy', 'print the IAM policy that this command line needs, and stop; exit 2 where it needs none')
    .option('--debug', 'show every request, and a stack trace with an error');
}
