import { expect } from 'vitest';
import { type Perform, type Surroundings, whatIs } from './performing.js';
import type { Scene, SceneEvent } from './scene.js';

/** Something done with a service: it fails where a command is silent about what is missing. */
export type Deed = (perform: Perform, scene: Scene) => Promise<void>;

/** A command whose lines, when it says that it is complete, are these, in any order. */
export function telling(
  argv: readonly string[],
  truth: readonly string[],
  linesOf: (output: string) => string[] = jsonLines,
  surroundings?: Surroundings,
): Deed {
  return async (perform, scene) => {
    const { exitCode, stdout } = await perform(argv, surroundings);
    if (exitCode === 0) sameLines(linesOf(stdout), truth, whatIs(scene, argv));
  };
}

/** Compares lines in any order; the difference alone is shown, since they may be long. */
export function sameLines(lines: readonly string[], truth: readonly string[], what: string): void {
  const left = new Map<string, number>();
  for (const line of truth) left.set(line, (left.get(line) ?? 0) + 1);
  for (const line of lines) left.set(line, (left.get(line) ?? 0) - 1);
  const wrong = [...left].filter(([, count]) => count !== 0);
  const shown = wrong.map(([line, count]) => `${count > 0 ? 'missing' : 'too many'} (${count}): ${line.slice(0, 200)}`);
  expect(shown.slice(0, 5), what).toEqual([]);
}

/** The line that stands for an event in a comparison. */
export function toLine({ group, stream, timestamp, message }: SceneEvent): string {
  return JSON.stringify([group, stream, timestamp, message]);
}

/** The lines of `--format json`. */
export function jsonLines(output: string): string[] {
  return textLines(output).map((line) => toLine(JSON.parse(line) as SceneEvent));
}

/** The lines of an output. */
export function textLines(output: string): string[] {
  return output.split('\n').slice(0, -1);
}

/** The times of `--format {time}`, in milliseconds. */
export function timesOf(output: string): string[] {
  return textLines(output).map((time) => String(Date.parse(`${time.replace(' ', 'T')}Z`)));
}

/** What is found and what stands around it in its stream, each once. */
export function around(
  events: readonly SceneEvent[],
  isHit: (event: SceneEvent) => boolean,
  before: number,
  after: number,
): string[] {
  return [...byStream(events).values()].flatMap((own) =>
    own.filter((_, at) => own.slice(Math.max(0, at - after), at + before + 1).some(isHit)).map(toLine),
  );
}

/** The most that one record of `--multiline` holds, and how much later than the line before a line may be. */
const maxRecordLength = 1_048_576;
const maxGapMs = 5_000;

/** The records of several events that `--multiline` makes. */
export function joined(events: readonly SceneEvent[], isFirst: (event: SceneEvent) => boolean): string[] {
  return [...byStream(events).values()].flatMap((own) => {
    const records: SceneEvent[][] = [];
    let length = 0;
    for (const event of own) {
      const record = records.at(-1);
      const gapMs = event.timestamp - (record?.at(-1)?.timestamp ?? 0);
      if (
        record === undefined ||
        isFirst(event) ||
        gapMs > maxGapMs ||
        length + event.message.length > maxRecordLength
      ) {
        records.push([event]);
        length = 0;
      } else {
        record.push(event);
      }
      length += withoutNewline(event.message).length;
    }
    return records.flatMap((record) => {
      const [first] = record;
      if (first === undefined || record.length === 1) return record.map(toLine);
      return [toLine({ ...first, message: record.map(({ message }) => withoutNewline(message)).join('\n') })];
    });
  });
}

/** How many events there are of each key. */
export function countsBy(events: readonly SceneEvent[], keyOf: (event: SceneEvent) => string): string[] {
  const counts = new Map<string, number>();
  for (const event of events) counts.set(keyOf(event), (counts.get(keyOf(event)) ?? 0) + 1);
  return [...counts].map(([key, count]) => `${key} ${count}`);
}

function byStream(events: readonly SceneEvent[]): Map<string, SceneEvent[]> {
  const streams = new Map<string, SceneEvent[]>();
  for (const event of events) {
    const key = `${event.group} ${event.stream}`;
    streams.set(key, [...(streams.get(key) ?? []), event]);
  }
  return streams;
}

function withoutNewline(message: string): string {
  return message.replace(/\r?\n$/, '');
}
