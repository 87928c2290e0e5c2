/**
 * How large a frame is, without writing it down first: a structured clone may be cyclic or huge, so the walk stops at the limit.
 *
 * Units  Characters, roughly those of its JSON text.
 */
export function isLargerThan(limit: number, value: unknown): boolean {
  let left = limit;
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && left >= 0) {
    const next = waiting.pop();
    left -= ownSize(next);
    if (typeof next === 'object' && next !== null && left >= 0) left -= pushParts(next, waiting, left);
  }
  return left < 0;
}

function ownSize(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  return 4;
}

/** The characters of the keys; parts beyond the limit are not even put in the queue. */
function pushParts(value: object, waiting: unknown[], limit: number): number {
  if (ArrayBuffer.isView(value)) return 0;
  if (value instanceof Map || value instanceof Set) return limit + 1; // No frame of ours has one.
  let size = 0;
  for (const key in value) {
    size += key.length + 3;
    if (size > limit) break;
    waiting.push(Reflect.get(value, key));
  }
  return size;
}
