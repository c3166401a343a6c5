import { expect, test } from 'vitest';
import { type ColorEnvironment, type ColorMode, resolveColor } from '../../src/render/color.js';

test.each<[string, ColorMode, ColorEnvironment, boolean, boolean]>([
  ['a terminal', 'auto', {}, true, true],
  ['a pipe', 'auto', {}, false, false],
  ['a dumb terminal', 'auto', { TERM: 'dumb' }, true, false],
  ['a capable terminal', 'auto', { TERM: 'xterm-256color' }, true, true],
  ['NO_COLOR on a terminal', 'auto', { NO_COLOR: '1' }, true, false],
  ['NO_COLOR=0 is still set', 'auto', { NO_COLOR: '0' }, true, false],
  ['an empty NO_COLOR on a terminal', 'auto', { NO_COLOR: '' }, true, true],
  ['FORCE_COLOR on a pipe', 'auto', { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR on a dumb pipe', 'auto', { FORCE_COLOR: 'true', TERM: 'dumb' }, false, true],
  ['an empty FORCE_COLOR on a pipe', 'auto', { FORCE_COLOR: '' }, false, true],
  ['FORCE_COLOR=0 on a terminal', 'auto', { FORCE_COLOR: '0' }, true, false],
  ['FORCE_COLOR=false on a terminal', 'auto', { FORCE_COLOR: 'false' }, true, false],
  ['NO_COLOR against FORCE_COLOR', 'auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['an empty NO_COLOR against FORCE_COLOR', 'auto', { NO_COLOR: '', FORCE_COLOR: '1' }, false, true],
  ['always against NO_COLOR on a pipe', 'always', { NO_COLOR: '1', TERM: 'dumb' }, false, true],
  ['never against FORCE_COLOR on a terminal', 'never', { FORCE_COLOR: '1' }, true, false],
])('%s', (_, flag, env, isTTY, color) => {
  expect(resolveColor(flag, env, isTTY)).toBe(color);
});
