/** Every byte that went over a cable, in both directions and exactly: what a test compares, and what a technician sends to support. */
export type Recorded = Readonly<{ atMs: number; from: 'till' | 'device'; bytes: Uint8Array }>;

export interface Recorder {
  record(from: Recorded['from'], bytes: Uint8Array): void;
  /** All that one side said, in one piece. */
  bytes(from: Recorded['from']): Uint8Array;
  entries(): readonly Recorded[];
  clear(): void;
}

const LINE_BYTES = 32;
/** Days of work would fill the memory: the oldest pieces go first. */
const KEPT_BYTES = 4_000_000;

export function createRecorder(nowMs: () => number = () => performance.now()): Recorder {
  let entries: Recorded[] = [];
  let keptBytes = 0;
  return {
    record(from, bytes) {
      entries.push({ atMs: nowMs(), from, bytes: Uint8Array.from(bytes) });
      keptBytes += bytes.length;
      while (keptBytes > KEPT_BYTES && entries.length > 1) keptBytes -= entries.shift()?.bytes.length ?? 0;
    },
    bytes: (from) => Buffer.concat(entries.filter((entry) => entry.from === from).map((entry) => entry.bytes)),
    entries: () => entries,
    clear() {
      entries = [];
      keptBytes = 0;
    },
  };
}

/** `   12 ms  →  1b 40 …  |.@…|`, thirty-two bytes to a line. */
export function recordingText(entries: readonly Recorded[]): string {
  const startMs = entries[0]?.atMs ?? 0;
  const lines = entries.flatMap(({ atMs, from, bytes }) =>
    Array.from({ length: Math.ceil(bytes.length / LINE_BYTES) }, (_, line) => {
      const part = bytes.subarray(line * LINE_BYTES, (line + 1) * LINE_BYTES);
      const hex = [...part].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
      const letters = [...part].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
      const at = `${Math.round(atMs - startMs)} ms`.padStart(12);
      return `${at}  ${from === 'till' ? '→' : '←'}  ${hex.padEnd(LINE_BYTES * 3 - 1)}  |${letters}|`;
    }),
  );
  return lines.map((line) => `${line}\n`).join('');
}
