/** A code reader on a line of its own. (One that types as a keyboard is heard by the cashier's window.) */
export interface Scanner {
  readonly name: string;
  /** Each finished reading, at most 512 characters: not trusted, not judged. The answer ends it. */
  onScan(listener: (text: string) => void): () => void;
  close(): Promise<void>;
}
