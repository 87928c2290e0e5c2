/**
 * Tells a scanner that types as a keyboard from a person who types. Pure: keys with their times go in, and what to do comes out.
 *
 * A scanner types many signs with a few milliseconds between them, and mostly ends with Enter or Tab. Until it is clear who types, signs
 * are held back; those of a person are released in their order, none lost and none twice. In a text field nothing is held: what was
 * typed there can be taken back by the caller.
 */
export type BurstRules = Readonly<{
  /** Longest time between two keys of a scanner, in ms. */
  gapMs: number;
  /** A scanner types at least so many signs. */
  shortest: number;
  /** A key that no person types and that a scanner can be set to type first: from it on everything is a scan. */
  isPrefix: (key: BurstKey) => boolean;
  /** After a prefix: longest time between two keys. */
  prefixedGapMs: number;
  /**
   * How long to wait for a next key before what is held is judged: a busy machine tells of a key later than it was pressed, which its own
   * time shows. Longer once several signs came as fast as a scanner's, or where none is held.
   */
  patienceMs: Readonly<{ atFirst: number; inBurst: number }>;
}>;

export type BurstKey = Readonly<{
  key: string;
  code: string;
  /** Ctrl, Alt or Meta is down. */
  isCommand: boolean;
  hasShift: boolean;
  hasControl: boolean;
  /** Held down: a keyboard repeats it as fast as a scanner types. */
  isRepeat: boolean;
  /** Typed into a text field. */
  isText: boolean;
  atMs: number;
}>;

export type BurstScan = Readonly<{ text: string; usText: string; isText: boolean }>;

export type BurstOutcome<Key> = Readonly<{
  /** Held keys that a person typed: to be typed now, before this key goes on. */
  released: readonly Key[];
  /** A scan that ended with this key, or before it. */
  scan?: BurstScan;
  /** This key goes no further. */
  isTaken: boolean;
}>;

/** Measured scanners need 7 to 16 ms for a key, slow ones twice that; nobody types six signs with less than 50 ms between any two. */
export const USUAL_RULES: BurstRules = {
  gapMs: 50,
  shortest: 6,
  isPrefix: ({ key, hasControl }) => /^F(1[3-9]|2[0-4])$/.test(key) || (hasControl && key.toLowerCase() === 'b'),
  prefixedGapMs: 200,
  patienceMs: { atFirst: 80, inBurst: 250 },
};

const BURST_SIGNS = 3;

/** Longer than any code is read: a stuck key or a strange device must not fill the memory. */
const SIGNS_MAX = 600;

export class ScanBursts<Key extends BurstKey> {
  readonly #rules: BurstRules;
  #keys: Key[] = [];
  #isPrefixed = false;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(rules: BurstRules = USUAL_RULES) {
    this.#rules = rules;
  }

  /** Signs that may be a scan so far; at 1 the last key began it. */
  get signs(): number {
    return this.#keys.length;
  }

  /** After so long without a key, `silence` is to be called; undefined: nothing is under way. */
  get waitMs(): number | undefined {
    const { patienceMs, prefixedGapMs } = this.#rules;
    if (this.#isPrefixed) return prefixedGapMs + patienceMs.inBurst;
    if (this.#keys.length === 0) return undefined;
    const isHeld = this.#keys.some(({ isText }) => !isText);
    return isHeld && this.#keys.length < BURST_SIGNS ? patienceMs.atFirst : patienceMs.inBurst;
  }

  press(key: Key): BurstOutcome<Key> {
    const isLate = key.atMs - this.#lastMs > this.#gapMs;
    const isElsewhere = this.#keys.some(({ isText }) => isText !== key.isText) && !this.#isPrefixed;
    const before = isLate || isElsewhere ? this.silence() : undefined;
    this.#lastMs = key.atMs;
    const now = this.#take(key);
    const scan = now.scan ?? before?.scan;
    return { ...now, released: [...(before?.released ?? []), ...now.released], ...(scan && { scan }) };
  }

  /** Nothing more came: what is held was a scan without an end, or a person. */
  silence(): BurstOutcome<Key> {
    const scan = this.#isScan() ? this.#scan() : undefined;
    const released = scan || this.#isPrefixed ? [] : this.#keys.filter(({ isText }) => !isText);
    this.#forget();
    return { released, isTaken: false, ...(scan && { scan }) };
  }

  #take(key: Key): BurstOutcome<Key> {
    if (this.#rules.isPrefix(key) && !key.isRepeat) {
      const { released } = this.silence();
      this.#isPrefixed = true;
      return { released, isTaken: true };
    }
    if (isModifier(key)) return { released: [], isTaken: false };
    if (this.#isEnd(key)) return this.#end();
    if (!this.#isSign(key)) return this.silence();
    if (this.#keys.length < SIGNS_MAX) this.#keys.push(key);
    return { released: [], isTaken: this.#isPrefixed || !key.isText };
  }

  /** A blank inside a code is one; first it is a person at a button. */
  #isSign({ key, isCommand, isRepeat }: Key): boolean {
    if (isCommand || isRepeat || (key.length !== 1 && key !== 'Dead')) return false;
    return key !== ' ' || this.#keys.length > 0 || this.#isPrefixed;
  }

  #isEnd({ key, isCommand, isRepeat }: Key): boolean {
    return (key === 'Enter' || key === 'Tab') && !isCommand && !isRepeat;
  }

  #end(): BurstOutcome<Key> {
    const isTaken = this.#isScan() || this.#isPrefixed;
    return { ...this.silence(), isTaken };
  }

  #isScan(): boolean {
    return this.#keys.length >= (this.#isPrefixed ? 1 : this.#rules.shortest);
  }

  #scan(): BurstScan {
    const text = this.#keys.map(({ key }) => (key.length === 1 ? key : '')).join('');
    const usText = this.#keys.map(usSign).join('');
    return { text, usText, isText: !this.#isPrefixed && this.#keys.every(({ isText }) => isText) };
  }

  #forget(): void {
    this.#keys = [];
    this.#isPrefixed = false;
  }

  get #gapMs(): number {
    return this.#isPrefixed ? this.#rules.prefixedGapMs : this.#rules.gapMs;
  }
}

/** A scanner presses Shift for a capital letter. */
function isModifier({ key }: BurstKey): boolean {
  return key === 'Shift' || key === 'CapsLock';
}

/** Keys beside letters and digits: plain and shifted, as on a US keyboard. */
const US_KEYS: Readonly<Record<string, string>> = {
  Minus: '-_',
  Equal: '=+',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Semicolon: ';:',
  Quote: '\'"',
  Backquote: '`~',
  Comma: ',<',
  Period: '.>',
  Slash: '/?',
  Space: '  ',
  NumpadDivide: '//',
  NumpadMultiply: '**',
  NumpadSubtract: '--',
  NumpadAdd: '++',
  NumpadDecimal: '..',
};
const US_DIGITS_SHIFTED = ')!@#$%^&*(';

/** What the key writes where the scanner believes to be: most are set to a US keyboard, whatever the till's is. */
function usSign({ key, code, hasShift }: BurstKey): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return key.toLowerCase() === key && !hasShift ? letter.toLowerCase() : letter;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return hasShift ? (US_DIGITS_SHIFTED[Number(digit)] ?? digit) : digit;
  return US_KEYS[code]?.[hasShift ? 1 : 0] ?? (key.length === 1 ? key : '');
}
