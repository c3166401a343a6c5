/**
 * Yields what several generators yield, whichever is ready first. Each is asked for its next value when the one
 * before has been taken, so that a slow consumer slows them all. The first failure ends it. `onEnd` is told first
 * when it ends, however it ends: a generator that is waiting would not hear of it before its value has come. Those that
 * `joining` yields meanwhile are yielded from as well.
 */
export async function* interleave<Value>(
  inputs: readonly AsyncGenerator<Value>[],
  onEnd: () => void,
  joining?: AsyncGenerator<AsyncGenerator<Value>>,
): AsyncGenerator<Value> {
  const all: AsyncGenerator<unknown>[] = [...inputs];
  const arrivals: Arrival<Value>[] = [];
  let wake = (): void => {};
  const arrive = (arrival: Arrival<Value>): void => {
    arrivals.push(arrival);
    wake();
  };
  const ask = (input: AsyncGenerator<Value>): void => {
    input.next().then(
      (result) => arrive({ input, result }),
      (error: unknown) => arrive({ error }),
    );
  };
  let running = inputs.length + (joining === undefined ? 0 : 1);
  const join = async (newcomers: AsyncGenerator<AsyncGenerator<Value>>): Promise<void> => {
    all.push(newcomers);
    try {
      for await (const input of newcomers) {
        all.push(input);
        running += 1;
        ask(input);
      }
      running -= 1;
      wake();
    } catch (error) {
      arrive({ error });
    }
  };
  try {
    for (const input of inputs) ask(input);
    if (joining !== undefined) void join(joining);
    while (running > 0) {
      const arrival = arrivals.shift();
      if (arrival === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (arrival.input === undefined) throw arrival.error;
      if (arrival.result.done === true) {
        running -= 1;
        continue;
      }
      yield arrival.result.value;
      ask(arrival.input);
    }
  } finally {
    onEnd();
    await Promise.allSettled(all.map((input) => input.return(undefined)));
  }
}

type Arrival<Value> =
  | { readonly input: AsyncGenerator<Value>; readonly result: IteratorResult<Value> }
  | { readonly input?: undefined; readonly error: unknown };
