/** Times as this network writes them: with milliseconds, and four hours behind UTC wherever the till stands. */
const OFFSET_MS = 4 * 3_600_000;

export function wireTime(atMs: number): string {
  return new Date(atMs - OFFSET_MS).toISOString().replace('Z', '-04:00');
}
