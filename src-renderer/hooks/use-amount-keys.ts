import { keypadKeyOf } from '../components/amount-entry.ts';
import type { KeypadKey } from '../components/amount-entry.ts';
import { isBehindDialog, useKeyDown } from './use-key-down.ts';

/** The keyboard's digits type on the screen's keypad, unless a text field has the focus. */
export function useAmountKeys(onKey: (key: KeypadKey) => void): void {
  useKeyDown((event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isBehindDialog(null)) return;
    if (document.activeElement instanceof HTMLInputElement && !document.activeElement.readOnly) return;
    const key = keypadKeyOf(event.key);
    if (key === undefined) return;
    event.preventDefault();
    onKey(key);
  });
}
