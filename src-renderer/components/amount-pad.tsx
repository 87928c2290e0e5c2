import type { Currency } from '../../src-main/core/domain/money.ts';
import { exponentOf } from '../../src-main/core/domain/money.ts';
import { useAmountKeys } from '../hooks/use-amount-keys.ts';
import { useTill } from '../hooks/use-till.ts';
import { decimalMarkOf, typeKey, typedText } from './amount-entry.ts';
import type { KeypadKey } from './amount-entry.ts';
import { Keypad } from './keypad.tsx';

type AmountPadProps = Readonly<{
  label: string;
  currency: Currency;
  text: string;
  onText: (text: string) => void;
}>;

/** A sum typed with decimals: what a drawer holds, what leaves it. */
export function AmountPad({ label, currency, text, onText }: AmountPadProps) {
  const { words } = useTill();
  const press = (key: KeypadKey) => onText(typeKey(text, key, currency));
  useAmountKeys(press);
  return (
    <div className="amount-pad">
      <output
        className="amount-field"
        data-empty={text === ''}
        data-long={text.length > 7}
        aria-label={label}
        aria-live="polite"
      >
        {typedText(text, currency)}
      </output>
      <Keypad
        onKey={press}
        corner={exponentOf(currency) === 0 ? '00' : 'decimal'}
        decimalMark={decimalMarkOf(currency)}
        label={label}
        eraseLabel={words.shell.erase}
        clearLabel={words.shell.clear}
      />
    </div>
  );
}
