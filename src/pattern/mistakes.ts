/** What could stand at a place of a pattern; some of the usual mistakes are told apart by it. */
export const expectations = {
  term: 'a word of letters, digits and _, a "quoted text" or a %regular expression%',
  selector: 'a field such as $.level',
  step: "a name, *, [0], [*] or ['a.key']",
  comparison: '=, !=, <, <=, >, >=, IS or NOT EXISTS',
  operator: '=, !=, <, <=, > or >=',
  value: 'a value',
  number: 'a number',
  literal: 'TRUE, FALSE or NULL',
  exists: 'EXISTS',
  token: 'a field, a value or an operator',
  jsonEnd: '&&, || or }',
  groupEnd: '&&, || or )',
  fieldName: 'the name of a field, or ...',
  fieldEnd: 'a comparison, a comma or ]',
  end: 'the end of the pattern',
} as const;

/** The usual way out for a character that cannot stand in a regular expression. */
export function regexFix(pattern: string, index: number): string {
  const code = pattern.charCodeAt(index);
  if (code > 0x7f) return 'only ASCII can stand in a regular expression; a . is any one character';
  const hexadecimal = `\\x${code.toString(16).padStart(2, '0')}`;
  const isParenthesis = /[()]/.test(pattern.charAt(index)) && pattern.charAt(index - 1) !== '\\';
  if (!isParenthesis) return `write the character as ${hexadecimal}`;
  return `there are no groups: write the alternatives out, as in %ERROR|WARN%, or ${hexadecimal} for the parenthesis itself`;
}

/** The usual way out of a `{ … }` or `[ … ]`, where there is one. */
export function expressionFix(pattern: string, index: number, expected: string): string | undefined {
  const place = { before: pattern.slice(0, index).trimEnd(), rest: pattern.slice(index), expected };
  return mistakes.find(({ isMade }) => isMade(place))?.fix(place);
}

interface Place {
  readonly before: string;
  readonly rest: string;
  readonly expected: string;
}

interface Mistake {
  readonly isMade: (place: Place) => boolean;
  readonly fix: (place: Place) => string;
}

const mistakes: readonly Mistake[] = [
  after(/^[{[]$/, /^$/, () => 'the shell cut it at its first space: put the whole pattern in single quotes'),
  whenExpected('step', /^\./, () => 'there is no search at every depth: name each field on the way'),
  whenExpected('step', /^-?\d|^:/, () => 'elements are counted from [0] at the front; [*] is any of them'),
  when(/^[“”„‟‘’]/, () => 'write straight quotes: "'),
  after(/\b(LIKE|CONTAINS|MATCHES)$/i, /^'/, () => containing),
  when(/^'/, () => 'a text goes in double quotes, not in single ones'),
  after(/=$/, /^=/, () => 'write = once'),
  after(/=$/, /^[<>]/, ({ rest }) => `write ${rest.charAt(0)}=`),
  after(/<$/, /^>/, () => 'write !='),
  after(/=$/, /^(null|NULL)\b/, () => 'write IS NULL'),
  when(/^EXISTS\b/, () => 'for a field that is there write = *, which any text or number matches'),
  when(/^(AND|and|And)\b/, ({ rest }) => `write && instead of ${rest.slice(0, 3)}`),
  when(/^(OR|or|Or)\b/, ({ rest }) => `write || instead of ${rest.slice(0, 2)}`),
  when(/^NOT\s+NULL\b/i, () => 'for a field that is not null write = *, which any text or number matches'),
  whenExpected('literal', /^NOT\s+EXISTS\b/i, () => 'write NOT EXISTS without IS'),
  whenExpected('literal', /^NOT\s+(TRUE|FALSE)\b/i, ({ before, rest }) => {
    const field = fieldBefore(before);
    return `write (${field} IS ${/^NOT\s+TRUE/i.test(rest) ? 'FALSE' : 'TRUE'} || ${field} NOT EXISTS)`;
  }),
  whenExpected('comparison', /^(LIKE|CONTAINS|MATCHES)\b/i, () => containing),
  whenExpected('comparison', /^IN\b/i, ({ before }) => {
    const field = fieldBefore(before);
    return `write each value out: (${field} = a || ${field} = b)`;
  }),
  whenExpected('comparison', /^BETWEEN\b/i, ({ before }) => {
    const field = fieldBefore(before);
    return `write both limits out: ${field} >= 1 && ${field} <= 9`;
  }),
  whenExpected('exists', /^(LIKE|CONTAINS|MATCHES)\b/i, () => 'a text that lacks another is != "*text*"'),
  whenExpected('exists', /^IN\b/i, ({ before }) => {
    const field = fieldBefore(before);
    return `write each value out: ${field} != a && ${field} != b`;
  }),
  when(/^(!|NOT\b)\s*[($]/i, () => 'there is no negation of a condition: write != or NOT EXISTS inside it'),
  when(/^(is|not|exists|true|false|null)\b/, ({ rest }) => `write ${/^\w+/.exec(rest)?.[0].toUpperCase()} in capitals`),
  when(/^(?:&(?!&)|\|(?!\|))/, ({ rest }) => `write ${rest.charAt(0).repeat(2)}`),
  whenExpected('literal', /^["\w.*-]/, () => 'a text or a number is compared with ='),
  when(/^!?~/, () => containing),
  whenExpected('selector', /^\.|^([=<>]|!=|IS\b|NOT\b)/, () => {
    return 'the shell took what began with $: put the whole pattern in single quotes';
  }),
  whenExpected('selector', /^"?[\w-]+/, ({ rest }) => `a field is written $.${/[\w-]+/.exec(rest)?.[0]}`),
  after(/\$$/, /^[\w-]+/, ({ rest }) => `a field is written $.${/[\w-]+/.exec(rest)?.[0]}`),
  after(/^\{\s*"?[\w.-]+"?$/, /^:/, () => 'a field is written $.name, and compared with ='),
  whenExpected('number', /^"[-+]?\d/, () => 'write the number without quotes'),
  whenExpected('number', /^./, () => 'only numbers have an order; a text is compared with = or !='),
  after(/[\w.*=-]$/, /^[^\s\w&|(){}[\],=$]/, () => 'put the text in double quotes'),
  whenExpected('jsonEnd', /^\w/, () => 'put a text of several words in double quotes'),
  whenExpected('jsonEnd', /^$/, () => 'close it with }'),
  whenExpected('jsonEnd', /^\)/, () => 'leave this ) out, or open it before'),
  whenExpected('jsonEnd', /^,/, () => 'join two conditions by && or ||'),
  whenExpected('groupEnd', /^$|^\}/, () => 'close the parenthesis with )'),
  whenExpected('groupEnd', /^\w/, () => 'put a text of several words in double quotes'),
  whenExpected('fieldEnd', /^$/, () => 'close it with ]'),
  whenExpected('end', /^[})\]]/, ({ rest }) => `leave this ${rest.charAt(0)} out`),
  after(/^\{.*\}$/s, /^(&|\||\{|and\b|or\b)/i, () => 'put all conditions into one pair of braces'),
  after(/^\[.*\]$/s, /^["\w]/, ({ before }) => `a text in brackets is written in quotes: "${before}"`),
  whenExpected('fieldEnd', /^\w/, () => 'put a comma between two fields, and a text of several words in double quotes'),
];

const containing = 'a text that contains another is = "*text*", a regular expression = %text%';

/** The field that a condition begins with, of which only the beginning was read. */
function fieldBefore(before: string): string {
  return /\$\S*(?=(?:\s+(?:IS|NOT))*$)/i.exec(before)?.[0] ?? '$.field';
}

function when(rest: RegExp, fix: Mistake['fix']): Mistake {
  return { isMade: (place) => rest.test(place.rest), fix };
}

function after(before: RegExp, rest: RegExp, fix: Mistake['fix']): Mistake {
  return { isMade: (place) => before.test(place.before) && rest.test(place.rest), fix };
}

function whenExpected(expectation: keyof typeof expectations, rest: RegExp, fix: Mistake['fix']): Mistake {
  return { isMade: (place) => place.expected === expectations[expectation] && rest.test(place.rest), fix };
}
