/**
 * Result: an expected failure is a value that names its kind; only our own bugs are thrown.
 */
export type Ok<Value> = Readonly<{ ok: true; value: Value }>;
export type Err<Failure> = Readonly<{ ok: false; error: Failure }>;
export type Result<Value, Failure> = Ok<Value> | Err<Failure>;

export function ok<Value>(value: Value): Ok<Value> {
  return { ok: true, value };
}

export function err<Failure>(error: Failure): Err<Failure> {
  return { ok: false, error };
}

/** Makes a switch over a union total: a new member does not compile until it is handled. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}

/** States what must be true by our own doing. Stays on in production: a broken invariant must stop, not spread. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}
