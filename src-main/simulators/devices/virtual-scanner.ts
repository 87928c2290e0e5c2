/** A bar code scanner on a serial line: it reads what is held before it, and says so with whatever its maker's sheet programmed around it. */
export type VirtualScannerOptions = Readonly<{
  prefix?: string;
  suffix?: string;
  /** What ends a scan. */
  ending?: string;
}>;

const LONGEST_SCAN = 4_096;

export class VirtualScanner {
  readonly #options: VirtualScannerOptions;
  readonly #replyListeners = new Set<(bytes: Uint8Array) => void>();
  readonly #changeListeners = new Set<() => void>();
  readonly #scans: string[] = [];
  readonly isPowered = true;

  constructor(options: VirtualScannerOptions = {}) {
    this.#options = options;
  }

  /** Holds a code before it. UTF-8, as scanners send what is no plain letter. */
  scan(text: string): void {
    const { prefix = '', suffix = '', ending = '\r' } = this.#options;
    const read = text.slice(0, LONGEST_SCAN);
    this.#scans.push(read);
    const bytes = Buffer.from(prefix + read + suffix + ending, 'utf8');
    for (const listener of this.#replyListeners) listener(bytes);
    for (const listener of this.#changeListeners) listener();
  }

  scans(): readonly string[] {
    return this.#scans;
  }

  /** Whatever a till may send to a scanner changes nothing. */
  write(_bytes: Uint8Array): void {
    return undefined;
  }

  onReply(listener: (bytes: Uint8Array) => void): () => void {
    this.#replyListeners.add(listener);
    return () => this.#replyListeners.delete(listener);
  }

  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }
}

export function createVirtualScanner(options: VirtualScannerOptions = {}): VirtualScanner {
  return new VirtualScanner(options);
}
