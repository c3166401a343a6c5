import type { Io } from '../../io.js';

/** Asks the user for the code of an MFA device; undefined where nobody is there to answer. */
export function createMfaPrompt({ ask }: Io): ((serial: string) => Promise<string>) | undefined {
  if (ask === undefined) return undefined;
  let last: Promise<unknown> = Promise.resolve();
  // One after another: several regions ask at once.
  return (serial) => {
    const question = () => ask(`cwlogs: MFA code for ${serial}: `);
    const answer = last.then(question, question);
    last = answer;
    return answer.then((code) => code.trim());
  };
}
