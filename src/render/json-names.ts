// Enough for the streams that take turns on a page; past it the cache starts anew, so that it cannot outgrow the run.
const maxKeptNames = 10_000;

/** Creates a function from a name to its JSON string that keeps what it made: the same few names come with each event. */
export function createJsonNames(): (name: string) => string {
  const kept = new Map<string, string>();
  return (name) => {
    let json = kept.get(name);
    if (json === undefined) {
      if (kept.size === maxKeptNames) kept.clear();
      json = JSON.stringify(name);
      kept.set(name, json);
    }
    return json;
  };
}
