/** Escapes what a terminal would obey or hide in a text: it may come from anywhere. */
export function visible(text: string): string {
  return text.replace(unseen, toEscape);
}

/** Makes any text fit to be said on stderr: it drives no terminal and tells no secret. */
export function sayable(text: string): string {
  return visible(withoutSecrets(text));
}

/** Leaves out of a text the logins of URLs, and the tokens and signatures of signed requests. */
function withoutSecrets(text: string): string {
  return text.replace(urlLogin, '://…@').replace(signedPart, '$1…');
}

const urlLogin = /:\/\/[^\s/@?#"']+@/g;
/** In a URL, in a header, or in the canonical request that the service quotes where a signature is wrong. */
const signedPart = /\b(x-amz-(?:security-token|signature)["']?[=:]\s?["']?|signature=)[^\s&"',\\]+/gi;

/** The escape of a character: `\u202e`, `\u{e0041}`. */
export function toEscape(character: string): string {
  const code = character.codePointAt(0)?.toString(16).padStart(4, '0') ?? '';
  return code.length > 4 ? `\\u{${code}}` : `\\u${code}`;
}

/**
 * Format characters that turn the direction of a text or show as nothing, as the inside of a character class. The
 * joiners U+200C and U+200D are not among them: Persian and emoji are written with them.
 */
export const formatCharacters = String.raw`\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0001}\u{e0020}-\u{e007f}`;

/** The words of a command line as a line that can be pasted into a shell. */
export function toShellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** A word as it is written in a shell: in single quotes, where it needs any. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : shellQuoted(word);
}

/** A word in single quotes, as a shell reads it. */
export function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

const unseen = new RegExp(String.raw`[\p{Cc}${formatCharacters}]`, 'gu');
