import { UsageError } from '../../errors.js';
import { toShellLine } from '../../escape.js';

/** Forms of output that `--format` knows; other tools choose them, and more, by `-o`. */
const ownForms = ['json', 'message', 'short', 'detailed', 'fields'];
const otherForms = ['text', 'table', 'yaml'];
/** Compressions that are not written here: a file of that name would hold plain text. */
const otherCompression = /\.(?:bz2|gzip|tgz|xz|lzma|zip|zstd|lz4|7z|br|z)$/i;

/** Refuses a name of `-o` by which something else than a file of that name must be meant. */
export function refuseName(path: string): void {
  const word = path.toLowerCase();
  if (ownForms.includes(word) || otherForms.includes(word)) {
    const form = ownForms.includes(word) ? word : 'json';
    throw new UsageError({
      flag: '--output',
      value: path,
      problem: 'is a form of output, and -o takes a file',
      fix: `try --format ${form}, or -o ./${path} for a file of that name`,
    });
  }
  const [ending] = otherCompression.exec(path) ?? [];
  if (ending === undefined) return;
  throw new UsageError({
    flag: '--output',
    value: path,
    problem: `would not be compressed: ${ending} is not written here`,
    fix: `try ${toShellLine(['-o', `${path.slice(0, -ending.length)}.gz`])}`,
  });
}
