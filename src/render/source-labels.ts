import stringWidth from 'string-width';
import type { LogEvent } from '../logs/event.js';
import { toFullName } from './message-lines.js';
import { type Palette, paint } from './palette.js';
import { createTails } from './tails.js';
import { visibleName } from './visible-text.js';

const maxNameColumns = 24;
// Streams turn up while printing, so their column cannot be measured beforehand; most names end in an id that needs no
// more than this to be told apart.
const newStreamColumns = 12;

/** A place that events of this run may come from. */
export interface EventSource {
  readonly region: string;
  /** The group as asked for: a name or an ARN. */
  readonly group: string;
  /** The one stream asked for by name; absent when any number of streams may come. */
  readonly stream?: string;
  /** Whether groups that are not among the sources may come as well. */
  readonly othersMayCome?: boolean;
}

/** What stands between the time and the message, with the space after it. */
export interface SourceLabel {
  readonly text: string;
  readonly columns: number;
}

/**
 * Creates the labels of a run: the region when it varies, then the group when there are several, else the stream when
 * there may be several. A label, once given, stays; `fullNames` shows `group:stream` instead.
 */
export function createSourceLabels(
  sources: readonly EventSource[],
  palette: Palette,
  fullNames: boolean,
): (origin: Origin) => SourceLabel {
  const regions = distinct(sources.map(({ region }) => region));
  const regionColumns = regions.length > 1 ? widest(regions) : 0;
  const { nameOf, nameColumns, listed } = fullNames ? fullNaming : createNaming(sources);
  const labels = new Map<string, SourceLabel>();
  // Colours follow the order asked for, not the order in which events happen to come.
  if (listed) for (const source of sources) labelOf(toOrigin(source));
  return labelOf;

  function labelOf(origin: Origin): SourceLabel {
    const name = nameOf(origin);
    const key = regionColumns > 0 ? `${origin.region} ${name}` : name;
    const known = labels.get(key);
    if (known !== undefined) return known;
    const text =
      (regionColumns > 0 ? padded(origin.region, regionColumns) : '') + (name === '' ? '' : padded(name, nameColumns));
    const ink = palette.labels[labels.size % palette.labels.length] ?? palette.labels[0];
    const label = { text: text === '' ? '' : paint(ink, text), columns: stringWidth(text) };
    labels.set(key, label);
    return label;
  }
}

type Origin = Pick<LogEvent, 'region' | 'logGroupName' | 'logStreamName'>;

/** How the places of a run are called. */
export interface Naming {
  readonly nameOf: (origin: Origin) => string;
  readonly nameColumns: number;
  /** Whether the sources hold every name there will be. */
  readonly listed: boolean;
}

const fullNaming: Naming = { nameOf: (origin) => visibleName(toFullName(origin)), nameColumns: 0, listed: false };

/** The shortest names that tell the sources of a run apart, without the region: of groups, or else of streams. */
export function createNaming(sources: readonly EventSource[]): Naming {
  const groups = distinct(sources.map(({ group }) => toPath(group)));
  // Where no group is known yet, those that come may be several.
  if (groups.length !== 1 || sources.some(({ othersMayCome }) => othersMayCome === true)) {
    const tailOf = createTails(groups, maxNameColumns);
    const nameOf = ({ logGroupName }: Origin) => tailOf(toPath(logGroupName));
    return { nameOf, nameColumns: widest(groups.map(tailOf)), listed: true };
  }
  const streams = distinct(sources.flatMap(({ stream }) => stream ?? []));
  const listed = sources.every(({ stream }) => stream !== undefined);
  if (listed && streams.length < 2) return { nameOf: () => '', nameColumns: 0, listed };
  const tailOf = createTails(streams, listed ? maxNameColumns : newStreamColumns);
  const nameColumns = listed ? widest(streams.map(tailOf)) : newStreamColumns;
  return { nameOf: ({ logStreamName }) => tailOf(logStreamName), nameColumns, listed };
}

function toOrigin({ region, group, stream = '' }: EventSource): Origin {
  return { region, logGroupName: group, logStreamName: stream };
}

/** The account goes before the name of a group given as an ARN: it is shown where it alone tells two apart. */
function toPath(group: string): string {
  const [, , , , account, , name] = group.split(':');
  return name === undefined ? group : `${account}/${name}`;
}

function padded(name: string, columns: number): string {
  return `${name}${' '.repeat(Math.max(0, columns - stringWidth(name)))} `;
}

function widest(names: readonly string[]): number {
  return names.reduce((width, name) => Math.max(width, stringWidth(name)), 0);
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
