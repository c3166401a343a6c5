const escapeCharacter = '\u001b';
const reset = `${escapeCharacter}[0m`;

const controlBesidesLayout = /[^\P{Cc}\n\t]/u;
const anyControl = /\p{Cc}/gu;
const controlWithColorTail = /\p{Cc}(?:\[[\d;:]*m)?/gu;
const controlBeyondC0 = /[\u007f-\u009f]/g;

/**
 * Makes control characters visible (`^[`, `\x9b`) so that a message cannot drive the terminal; newlines, tabs and SGR
 * colours stay, and a message that used colours ends with a reset.
 */
export function visibleText(text: string): string {
  if (!controlBesidesLayout.test(text)) return text;
  let colored = false;
  const visible = text.replaceAll('\r\n', '\n').replace(controlWithColorTail, (sequence) => {
    const control = sequence.charAt(0);
    if (control === '\n' || control === '\t') return sequence;
    if (control === escapeCharacter && sequence.length > 1) {
      colored = true;
      return sequence;
    }
    return toVisible(control) + sequence.slice(1);
  });
  return colored ? visible + reset : visible;
}

/** Makes every control character visible, newlines and tabs too: a stream name may hold any of them. */
export function visibleName(name: string): string {
  return name.replace(anyControl, toVisible);
}

/** Escapes, in JSON text, the control characters that JSON leaves raw but a terminal obeys. */
export function visibleJson(json: string): string {
  return json.replace(controlBeyondC0, (control) => `\\u00${toHex(control)}`);
}

function toVisible(control: string): string {
  const code = control.charCodeAt(0);
  return code >= 0x80 ? `\\x${toHex(control)}` : `^${String.fromCharCode(code ^ 0x40)}`;
}

function toHex(control: string): string {
  return control.charCodeAt(0).toString(16);
}
