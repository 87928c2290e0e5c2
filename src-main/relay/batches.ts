/**
 * Writes many with one sync of the disk: what arrives while a batch is on its way goes with the next. One that waits alone waits for nobody.
 */
export type Batches<Item, Outcome> = Readonly<{
  add(item: Item): Promise<Outcome>;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
}>;

type Waiting<Item, Outcome> = Readonly<{
  item: Item;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}>;

/** `write` answers one outcome for each item, in their order; when it fails, all of the batch have failed. */
export function createBatches<Item, Outcome>(
  write: (items: readonly Item[]) => Promise<readonly Outcome[]>,
  most: number,
): Batches<Item, Outcome> {
  let waiting: Waiting<Item, Outcome>[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      // What the same turn of the loop still brings comes along.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const outcomes = await write(batch.map(({ item }) => item));
        batch.forEach(({ resolve, reject }, index) => {
          const outcome = outcomes[index];
          if (outcome === undefined) reject(new Error('a batch was written without an outcome for each'));
          else resolve(outcome);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    // In the same turn as the last look: whatever comes now starts anew.
    running = undefined;
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        running ??= run();
      }),
    idle: async () => running,
  };
}
