/**
 * Yields what several generators yield, whichever is ready first. Each is asked for its next value when the one
 * before has been taken, so that a slow consumer slows them all. The first failure ends it. `onEnd` is told first
 * when it ends, however it ends: a generator that is waiting would not hear of it before its value has come.
 */
export async function* interleave<Value>(
  inputs: readonly AsyncGenerator<Value>[],
  onEnd: () => void,
): AsyncGenerator<Value> {
  const arrivals: Arrival<Value>[] = [];
  let wake = (): void => {};
  const arrive = (arrival: Arrival<Value>): void => {
    arrivals.push(arrival);
    wake();
  };
  const ask = (input: AsyncGenerator<Value>): void => {
    input.next().then(
      (result) => arrive({ input, result }),
      (error: unknown) => arrive({ input, error }),
    );
  };
  let running = inputs.length;
  try {
    for (const input of inputs) ask(input);
    while (running > 0) {
      const arrival = arrivals.shift();
      if (arrival === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (arrival.result === undefined) throw arrival.error;
      if (arrival.result.done === true) {
        running -= 1;
        continue;
      }
      yield arrival.result.value;
      ask(arrival.input);
    }
  } finally {
    onEnd();
    await Promise.allSettled(inputs.map((input) => input.return(undefined)));
  }
}

interface Arrival<Value> {
  readonly input: AsyncGenerator<Value>;
  readonly result?: IteratorResult<Value>;
  readonly error?: unknown;
}
