const stringOrBracket = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g;
const colonNext = /[ \t\r\n]*:/y;

/** Renames the keys of the outermost object in valid JSON text, leaving all other characters as they are. */
export function renameKeys(json: string, rename: (key: string) => string): string {
  let depth = 0;
  return json.replace(stringOrBracket, (token, index: number) => {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1 && isKey(json, index + token.length)) {
      const key = JSON.parse(token) as string;
      const renamed = rename(key);
      if (renamed !== key) return JSON.stringify(renamed);
    }
    return token;
  });
}

function isKey(json: string, end: number): boolean {
  colonNext.lastIndex = end;
  return colonNext.test(json);
}
