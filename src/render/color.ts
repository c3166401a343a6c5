/** The values of `--color`. */
export type ColorMode = 'auto' | 'always' | 'never';

/** The environment variables that have a say in colour. */
export interface ColorEnvironment {
  readonly NO_COLOR?: string | undefined;
  readonly FORCE_COLOR?: string | undefined;
  readonly TERM?: string | undefined;
}

/** Decides on colour: by the flag, else NO_COLOR (if not empty), else FORCE_COLOR, else by what reads. */
export function resolveColor(flag: ColorMode, env: ColorEnvironment, isTTY: boolean): boolean {
  if (flag !== 'auto') return flag === 'always';
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTTY && env.TERM !== 'dumb';
}
