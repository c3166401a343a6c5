const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

const ageUnits = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1000 },
];

/** Renders a number of bytes in decimal units: `512 B`, `1.2 GB`, `340 MB`. */
export function renderBytes(bytes: number): string {
  let scaled = bytes;
  let unit = 0;
  // What would round to four digits goes up a unit: 999,999 bytes are 1.0 MB, not 1000 kB.
  while (scaled >= 999.5 && unit < byteUnits.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return `${scaled.toFixed(unit === 0 || scaled >= 99.95 ? 0 : 1)} ${byteUnits[unit]}`;
}

/** Renders a whole number with thousands separators: `1,234`. */
export function renderCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** Renders how many there are of something: `1 window`, `1,234 windows`. */
export function renderNumber(count: number, noun: string): string {
  return `${renderCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Renders how much a download holds: `1,204 events, 3 files`. */
export function renderExtent(events: number, files: number): string {
  return `${renderNumber(events, 'event')}, ${renderNumber(files, 'file')}`;
}

/** Renders how long ago something was, rounded down to one unit: `3 min ago`; a negative age lies ahead: `in 3 min`. */
export function renderAge(ageMs: number): string {
  const distanceMs = Math.abs(ageMs);
  const unit = ageUnits.find(({ ms }) => distanceMs >= ms);
  if (unit === undefined) return 'just now';
  const distance = `${renderCount(Math.floor(distanceMs / unit.ms))} ${unit.name}`;
  return ageMs > 0 ? `${distance} ago` : `in ${distance}`;
}
