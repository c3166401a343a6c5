import { levelOf } from '../level.js';
import { expandJson } from './expand.js';
import { withoutNewline } from './message-lines.js';
import { createPalette, type Ink, type Palette, paint } from './palette.js';
import { visibleName, visibleText } from './visible-text.js';

/** How a message is laid out: JSON over several lines, or everything on one. */
export type MessageLayout = 'expanded' | 'folded';

/** Of a terminal: whether it is shown colours, and what is highlighted. */
export interface TerminalStyle {
  readonly color: boolean;
  /** Highlights what was searched for. */
  readonly highlight?: ((visible: string) => string) | undefined;
}

/** Makes of a text what is written of it. */
export type TextForm = (text: string) => string;

/**
 * Creates what makes the text of a message, for a terminal or for a pipe: without its newline and laid out as asked; on
 * a terminal nothing in it is obeyed, and it has the colour of its level, unless it brings colours of its own.
 */
export function createMessageText(layout: MessageLayout | undefined, terminal: TerminalStyle | undefined): TextForm {
  if (terminal === undefined && layout === undefined) return withoutNewline;
  const palette = createPalette(terminal?.color === true);
  if (terminal === undefined) return (message) => laidOut(withoutNewline(message), layout, palette.key);
  const { color, highlight = asIs } = terminal;
  return (message) => {
    const text = withoutNewline(message);
    const ink = color && !ownColor.test(text) ? inkOf(message, palette) : undefined;
    const shown = visibleText(laidOut(text, layout, keyInk(palette, ink)), color);
    return highlight(ink === undefined ? shown : paint(ink, shown));
  };
}

/** Creates what makes the text of a value out of a message, in the same way. */
export function createValueText(layout: MessageLayout | undefined, terminal: TerminalStyle | undefined): TextForm {
  const fold = layout === 'folded' ? folded : asIs;
  if (terminal === undefined) return fold;
  const { color, highlight = asIs } = terminal;
  return (text) => highlight(visibleText(fold(text), color));
}

/** Creates what makes the text of a name, in which a terminal is shown newlines and tabs too. */
export function createNameText(terminal: TerminalStyle | undefined): TextForm {
  return terminal === undefined ? asIs : visibleName;
}

const escapeCharacter = '\u001b';
const ownColor = new RegExp(String.raw`${escapeCharacter}\[[\d;:]*m`);

function inkOf(message: string, { levels }: Palette): Ink | undefined {
  const level = levelOf(message);
  return level === undefined ? undefined : levels[level];
}

function laidOut(text: string, layout: MessageLayout | undefined, key: Ink): string {
  if (layout === undefined) return text;
  return layout === 'folded' ? folded(text) : expandJson(text, key);
}

/** After a key the colour of the level goes on. */
function keyInk({ key }: Palette, level: Ink | undefined): Ink {
  return level === undefined ? key : { open: key.open, close: key.close + level.open };
}

function folded(text: string): string {
  return text.replace(/\r?\n/g, '\\n');
}

function asIs(text: string): string {
  return text;
}
