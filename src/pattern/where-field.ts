import { noField } from './where-words.js';

/** The field of a `--where`, as patterns write it, and where it ends in the condition. */
export interface WhereField {
  readonly selector: string;
  readonly hasWildcard: boolean;
  readonly end: number;
}

/** Reads what a `--where` begins with: `user.id`, `items[*].sku`, `headers['x-id']`, with or without `$.`. */
export function readWhereField(condition: string): WhereField {
  const steps: string[] = [];
  let end = /^\s*(?:\$\.)?/.exec(condition)?.[0].length ?? 0;
  const read = (shape: RegExp) => {
    shape.lastIndex = end;
    const found = shape.exec(condition)?.[0];
    end += found?.length ?? 0;
    return found;
  };
  do {
    const name = read(/[^\s=!<>~.,[\]'"]+|(?=\['[^']*'\])/y);
    // A message is an object: its first step is a name, not a number.
    if (name === undefined || (steps.length === 0 && name.startsWith('{'))) throw noField(condition);
    if (name !== '') steps.push(/^(?:[\w-]+|\*)$/.test(name) ? `.${name}` : `.['${name}']`);
    for (let part = read(bracket); part !== undefined; part = read(bracket)) {
      steps.push(steps.length === 0 ? `.${part}` : part);
    }
  } while (read(/\./y) !== undefined);
  read(/\s*/y);
  return { selector: `$${steps.join('')}`, hasWildcard: steps.some((step) => step === '.*' || step === '[*]'), end };
}

const bracket = /\[(?:\d+|\*|'[^']*')\]/y;
