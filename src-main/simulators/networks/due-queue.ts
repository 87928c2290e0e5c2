/** Things that happen by themselves at a time: a binary heap, earliest first, and first come first served within one millisecond. */
export interface DueQueue<Item> {
  add(atMs: number, item: Item): void;
  /** The earliest thing that is due at this time, taken out; undefined when nothing is. */
  takeDue(nowMs: number): Readonly<{ atMs: number; item: Item }> | undefined;
  readonly size: number;
}

type Entry<Item> = Readonly<{ atMs: number; sequence: number; item: Item }>;

export function createDueQueue<Item>(): DueQueue<Item> {
  const heap: Entry<Item>[] = [];
  let sequence = 0;

  return {
    get size() {
      return heap.length;
    },
    add(atMs, item) {
      sequence += 1;
      heap.push({ atMs, sequence, item });
      rise(heap, heap.length - 1);
    },
    takeDue(nowMs) {
      const first = heap[0];
      if (first === undefined || first.atMs > nowMs) return undefined;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        sink(heap, 0);
      }
      return first;
    },
  };
}

function isEarlier(left: Entry<unknown>, right: Entry<unknown>): boolean {
  return left.atMs < right.atMs || (left.atMs === right.atMs && left.sequence < right.sequence);
}

function rise(heap: Entry<unknown>[], start: number): void {
  let index = start;
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const child = heap[index];
    const parent = heap[parentIndex];
    if (child === undefined || parent === undefined || !isEarlier(child, parent)) return;
    heap[index] = parent;
    heap[parentIndex] = child;
    index = parentIndex;
  }
}

function sink(heap: Entry<unknown>[], start: number): void {
  let index = start;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    const here = heap[index];
    if (here === undefined || left === undefined) return;
    const isRight = right !== undefined && isEarlier(right, left);
    const child = isRight ? right : left;
    if (!isEarlier(child, here)) return;
    heap[index] = child;
    index = isRight ? 2 * index + 2 : 2 * index + 1;
    heap[index] = here;
  }
}
