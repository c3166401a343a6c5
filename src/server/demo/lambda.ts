import type { InputEvent } from '../log-group.js';
import { pick, type Random, randomHex, randomInteger, randomUuid } from '../random.js';
import type { DemoProgram, DemoStream } from './agent.js';
import { createPace, type DemoScene, randomOf } from './scene.js';

const meanGapMs = 110_000;
const containersADay = 3;

/** The invocations of a function in `/demo/lambda`, in streams that are named like the platform does it. */
export function createLambda(scene: DemoScene): DemoProgram {
  const streams = new Map<string, DemoStream>();
  const pace = createPace(scene, 'invocations', meanGapMs);
  return (untilMs) => {
    for (const { timestamp, random } of pace(untilMs)) {
      const day = new Date(timestamp).toISOString().slice(0, 10).replaceAll('-', '/');
      const container = `${day} ${randomInteger(random, 1, containersADay)}`;
      const known = streams.get(container);
      const stream = known ?? toStream(scene, day, container);
      streams.set(container, stream);
      stream.events.push(...invoke(timestamp, random, known === undefined));
    }
    return [...streams.values()];
  };
}

function toStream(scene: DemoScene, day: string, container: string): DemoStream {
  const name = `${day}/[$LATEST]${randomHex(randomOf(scene, container), 32)}`;
  return { group: '/demo/lambda', stream: name, events: [] };
}

function invoke(startMs: number, random: Random, isCold: boolean): InputEvent[] {
  const id = randomUuid(random);
  const isTimeout = random() < 0.01;
  const durationMs = isTimeout ? 3_000 : 2 + random() ** 3 * 900;
  const endMs = startMs + Math.round(durationMs);
  const prefix = (timestamp: number, level: string) => `${new Date(timestamp).toISOString()}\t${id}\t${level}\t`;
  const report = [
    `REPORT RequestId: ${id}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs)} ms`,
    'Memory Size: 256 MB',
    `Max Memory Used: ${randomInteger(random, 74, 131)} MB`,
    ...(isCold ? [`Init Duration: ${(180 + random() * 200).toFixed(2)} ms`] : []),
  ];
  const key = `uploads/${randomHex(random, 12)}.${pick(random, ['png', 'jpg', 'heic'])}`;
  const outcome = isTimeout
    ? `${new Date(endMs).toISOString()} ${id} Task timed out after 3.00 seconds`
    : `${prefix(endMs, 'INFO')}thumbnail of ${key} written, ${randomInteger(random, 4, 90)} KB`;
  return [
    ...(isCold ? [{ timestamp: startMs, message: 'INIT_START Runtime Version: nodejs:22.v61\n' }] : []),
    { timestamp: startMs, message: `START RequestId: ${id} Version: $LATEST\n` },
    { timestamp: startMs + 1, message: `${prefix(startMs + 1, 'INFO')}resizing ${key}\n` },
    { timestamp: endMs, message: `${outcome}\n` },
    { timestamp: endMs, message: `END RequestId: ${id}\n` },
    { timestamp: endMs, message: `${report.join('\t')}\t\n` },
  ];
}
