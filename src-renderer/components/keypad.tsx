import type { KeypadKey } from './amount-entry.ts';
import { Icon } from './icon.tsx';

type KeypadProps = Readonly<{
  onKey: (key: KeypadKey) => void;
  /** What the key left of zero types. */
  corner: '00' | 'decimal' | 'clear';
  decimalMark: string;
  label: string;
  eraseLabel: string;
  clearLabel: string;
}>;

const DIGITS = ['7', '8', '9', '4', '5', '6', '1', '2', '3'] as const satisfies readonly KeypadKey[];

/** Digits in a calculator's order, as tills have them. Fast repeated taps all count. */
export function Keypad({ onKey, corner, decimalMark, label, eraseLabel, clearLabel }: KeypadProps) {
  const cornerFace = { '00': '00', decimal: decimalMark, clear: 'C' }[corner];
  const cornerLabel = corner === 'clear' ? clearLabel : cornerFace;
  return (
    <fieldset className="keypad" aria-label={label}>
      {DIGITS.map((digit) => (
        <button key={digit} type="button" className="key" onClick={() => onKey(digit)}>
          {digit}
        </button>
      ))}
      <button type="button" className="key" aria-label={cornerLabel} onClick={() => onKey(corner)}>
        {cornerFace}
      </button>
      <button type="button" className="key" onClick={() => onKey('0')}>
        0
      </button>
      <button type="button" className="key" aria-label={eraseLabel} onClick={() => onKey('erase')}>
        <Icon name="backspace" />
      </button>
    </fieldset>
  );
}
