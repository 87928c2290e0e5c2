import { useEffect, useRef } from 'react';

/** Is a dialog above this element? Then the keys are the dialog's. */
export function isBehindDialog(element: Element | null): boolean {
  const dialog = document.querySelector('.modal, .popover');
  return dialog !== null && (element === null || !dialog.contains(element));
}

/** Listens to the whole window's keys, with the newest closure. */
export function useKeyDown(onKeyDown: (event: KeyboardEvent) => void): void {
  const newest = useRef(onKeyDown);
  useEffect(() => {
    newest.current = onKeyDown;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => newest.current(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
