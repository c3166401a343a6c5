import { Chalk } from 'chalk';
import type { Level } from '../level.js';

/** A style as the text that starts it and the text that ends it; both empty without colour. */
export interface Ink {
  readonly open: string;
  readonly close: string;
}

/** The styles of the terminal forms. */
export interface Palette {
  readonly dim: Ink;
  /** What was searched for. */
  readonly match: Ink;
  readonly error: Ink;
  /** Whole messages, by their level. */
  readonly levels: Readonly<Partial<Record<Level, Ink>>>;
  /** Bars of a level. */
  readonly bars: Readonly<Record<string, Ink>>;
  /** The keys of JSON that is laid out. */
  readonly key: Ink;
  /** Colours of source labels, in the order they are given out; red is left to errors. */
  readonly labels: readonly [Ink, ...Ink[]];
}

/** Creates the styles, all of them empty when `color` is false. */
export function createPalette(color: boolean): Palette {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return {
    dim: toInk(chalk.dim),
    match: toInk(chalk.bold.red),
    error: toInk(chalk.red.bold),
    levels: {
      error: toInk(chalk.red),
      warn: toInk(chalk.yellow),
      debug: toInk(chalk.dim),
      platform: toInk(chalk.dim),
    },
    bars: {
      error: toInk(chalk.red),
      warn: toInk(chalk.yellow),
      info: toInk(chalk.green),
      debug: toInk(chalk.blue),
      platform: toInk(chalk.gray),
      '(none)': toInk(chalk.gray),
      '(other)': toInk(chalk.gray),
    },
    key: toInk(chalk.cyan),
    labels: [
      toInk(chalk.cyan),
      toInk(chalk.yellow),
      toInk(chalk.green),
      toInk(chalk.magenta),
      toInk(chalk.blue),
      toInk(chalk.cyanBright),
      toInk(chalk.yellowBright),
      toInk(chalk.greenBright),
      toInk(chalk.magentaBright),
      toInk(chalk.blueBright),
    ],
  };
}

/** Puts text into a style. */
export function paint(ink: Ink, text: string): string {
  return ink.open + text + ink.close;
}

// Chalk looks for line breaks and nested styles at every call; a log line needs neither, so its codes are taken once.
function toInk(style: (text: string) => string): Ink {
  const [open = '', close = ''] = style(' ').split(' ');
  return { open, close };
}
