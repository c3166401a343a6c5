import type { Io } from '../../io.js';

const redrawMs = 100;
const clearLine = '\r\u001b[2K';

/** Shows a line on stderr that is drawn anew until it is stopped; stopping takes it away. */
export function showLine(io: Io, render: () => string): () => Promise<void> {
  const draw = (): void => {
    void io.stderr.write(clearLine + render().slice(0, io.stderr.columns - 1));
  };
  const timer = setInterval(draw, redrawMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await io.stderr.write(clearLine);
  };
}
