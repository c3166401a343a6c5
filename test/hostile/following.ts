import { setTimeout as sleep } from 'node:timers/promises';
import { pick, randomInteger } from '../../src/server/random.js';
import { whatIs } from './performing.js';
import type { SceneEvent } from './scene.js';
import { type Deed, jsonLines, sameLines, toLine } from './truth.js';

/** Events that come while it is followed; a run that misses one ends by its time. */
export function followingDeeds(): Deed[] {
  return [
    following((groups, from) => ['tail', ...groups, ...from, '--for', '60s']),
    following((groups, from) => ['tail', ...groups, ...from, '--live', '--for', '60s']),
    following((groups, from) => ['fetch', ...groups, ...from, '--follow']),
  ];
}

function following(toArgv: (groups: readonly string[], from: readonly string[]) => readonly string[]): Deed {
  return async (perform, scene) => {
    const { groups, random, endpoint, startMs } = scene;
    const number = randomInteger(random, 0, 1e9);
    const stream = `new/${number}`;
    const old = scene.events.map(toLine);
    const coming = pick(random, [1, 12]);
    const from = ['--start', String(startMs), '--format', 'json', '--limit', String(old.length + coming)];
    const argv = toArgv(groups, from);
    const come: SceneEvent[] = [];
    const { exitCode, stdout } = await perform(argv, {
      isSteady: true,
      async meanwhile() {
        for (let at = 0; at < coming; at++) {
          await sleep(randomInteger(random, 0, 100));
          const event = {
            group: pick(random, groups),
            stream,
            timestamp: scene.now(),
            message: `came ${number} ${at}`,
          };
          endpoint.store.seedEvents(event.group, stream, [event]);
          come.push(event);
        }
      },
    });
    for (const { group } of come)
      if (endpoint.store.group(group).streams.has(stream)) endpoint.store.deleteStream(group, stream);
    if (exitCode === 0) sameLines(jsonLines(stdout), [...old, ...come.map(toLine)], whatIs(scene, argv));
  };
}
