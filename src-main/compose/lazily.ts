/** Made at the first call, once for all callers. */
export interface Lazily<Made> {
  /** A making that failed fails its callers; the next call tries again. */
  (): Promise<Made>;
  /** What was made or is being made; undefined: nobody has asked yet. */
  sofar(): Promise<Made> | undefined;
}

export function lazily<Made>(make: () => Promise<Made>): Lazily<Made> {
  let made: Promise<Made> | undefined;
  async function tryToMake(): Promise<Made> {
    try {
      return await make();
    } catch (error) {
      made = undefined;
      throw error;
    }
  }
  return Object.assign(() => (made ??= tryToMake()), { sofar: () => made });
}
