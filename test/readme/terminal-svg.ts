/** One stretch of a line in one look. */
interface Run {
  readonly text: string;
  readonly classes: readonly string[];
}

const cellWidth = 7.23;
const lineHeight = 17;
const margin = 14;

// The same on a light page and on a dark one: the terminal brings its own background.
const style = `
text { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #d6dbe1 }
.bold { font-weight: 700 } .dim { fill: #8b949e } .c31 { fill: #ff7b72 } .c32 { fill: #7ee787 } .c33 { fill: #e3b341 }
.c34 { fill: #79c0ff } .c35 { fill: #d2a8ff } .c36 { fill: #56d4dd } .c90 { fill: #6e7681 }
`;

/** Draws what a terminal shows of a command line: lines that are longer than it is wide are cut. */
export function renderTerminal(line: string, shown: string, columns: number): string {
  const lines = [`\u001b[1m$ ${line}\u001b[22m`, ...shown.replace(/\n$/, '').split('\n')];
  const width = Math.ceil(columns * cellWidth + 2 * margin);
  const height = lines.length * lineHeight + 2 * margin;
  let classes: readonly string[] = [];
  const drawn = lines.map((each, index) => {
    const { runs, after } = toRuns(lastOf(each).replaceAll('\t', '    '), classes);
    classes = after;
    const y = margin + (index + 0.75) * lineHeight;
    return `<text x="${margin}" y="${y}">${cut(runs, columns).map(renderRun).join('')}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(line)}</title>`,
    `<style>${style}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#161b22"/>`,
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

/** What is left of a line in which progress was shown and erased. */
function lastOf(line: string): string {
  const erase = '\u001b[2K';
  return line.slice(line.lastIndexOf(erase) < 0 ? 0 : line.lastIndexOf(erase) + erase.length);
}

/** Splits a line at its control sequences; the looks it ends with are those of the next. */
function toRuns(line: string, before: readonly string[]): { runs: Run[]; after: readonly string[] } {
  let classes = before;
  const runs: Run[] = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences that are read
  for (const [index, part] of line.split(/\u001b\[([\d;]*)m/).entries()) {
    if (index % 2 === 1) for (const code of part.split(';')) classes = toClasses(classes, Number(code));
    else if (part !== '') runs.push({ text: part, classes });
  }
  return { runs, after: classes };
}

function toClasses(classes: readonly string[], code: number): readonly string[] {
  const isColor = (name: string): boolean => name.startsWith('c');
  if (code === 0) return [];
  if (code === 1) return [...classes, 'bold'];
  if (code === 2) return [...classes, 'dim'];
  if (code === 22) return classes.filter(isColor);
  const others = classes.filter((name) => !isColor(name));
  if (code === 39) return others;
  if ((code >= 31 && code <= 36) || code === 90) return [...others, `c${code}`];
  throw new Error(`the picture has no look for the control sequence ${code}`);
}

function cut(runs: readonly Run[], columns: number): Run[] {
  const length = runs.reduce((sum, { text }) => sum + [...text].length, 0);
  let room = length > columns ? columns - 1 : columns;
  const kept = runs.map((run) => {
    const text = [...run.text].slice(0, room).join('');
    room -= [...text].length;
    return { ...run, text };
  });
  return [...kept, ...(length > columns ? [{ text: '…', classes: ['dim'] }] : [])].filter(({ text }) => text !== '');
}

function renderRun({ text, classes }: Run): string {
  return classes.length === 0 ? escaped(text) : `<tspan class="${classes.join(' ')}">${escaped(text)}</tspan>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
