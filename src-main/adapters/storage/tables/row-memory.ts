/**
 * Rows as they stand in the file, read and parsed once: the one process that owns the file is the only one that changes them, and every
 * change passes through here. What was undone is forgotten (`forget`), so that it is read from the file again.
 *
 * Values are shared and are never changed by anybody (`Readonly` all the way down).
 */
export type RowMemory<Value> = Readonly<{
  of(id: string): Value | undefined;
  /** All of them stand in the table. */
  all(ids: readonly string[]): readonly Value[];
  /** What has just been written for it. */
  keep(id: string, value: Value): void;
  /** Belongs after every transaction that was not committed. */
  forget(): void;
}>;

/** Subjects come and go for years: what is kept is bounded. */
const MOST_KEPT = 512;

export function createRowMemory<Value>(read: (id: string) => Value | undefined): RowMemory<Value> {
  const kept = new Map<string, Value>();

  function keep(id: string, value: Value): void {
    if (kept.size >= MOST_KEPT && !kept.has(id)) kept.clear();
    kept.set(id, value);
  }

  function of(id: string): Value | undefined {
    const known = kept.get(id);
    if (known !== undefined) return known;
    const value = read(id);
    if (value !== undefined) keep(id, value);
    return value;
  }

  return { of, all: (ids) => ids.flatMap((id) => of(id) ?? []), keep, forget: () => kept.clear() };
}
