/** What `--dry-run` says: the request as it is meant, as JSON. */
export function renderDryRun(resolved: object): string {
  return `${JSON.stringify(resolved, null, 2)}\n`;
}

/** What `--dry-run` says of where it is read: the regions that are known without a look into profiles. */
export function toDryRegions(clients: readonly { readonly region?: string | undefined }[]): string[] {
  return clients.flatMap(({ region }) => region ?? []);
}

/** What `--dry-run` says of a time range: its ends in milliseconds since the epoch, and as they are read. */
export function toDryRange(
  { startMs, endMs }: { readonly startMs?: number | undefined; readonly endMs: number },
  zone: string,
): object {
  return {
    startMs: startMs ?? null,
    endMs,
    start: startMs === undefined ? null : new Date(startMs).toISOString(),
    end: new Date(endMs).toISOString(),
    zone,
  };
}
