import { useEffect, useState } from 'react';

/**
 * False until `key` has stood for a moment without a tap: the second half of a double tap, impatient fingers, or a key held a little
 * long must not decide what the new screen asks.
 */
export function useArmed(key: string, delayMs = 450): boolean {
  const [armedKey, setArmedKey] = useState<string>();
  useEffect(() => {
    const arm = () => {
      window.removeEventListener('pointerdown', wait);
      setArmedKey(key);
    };
    let timer = setTimeout(arm, delayMs);
    function wait() {
      clearTimeout(timer);
      timer = setTimeout(arm, delayMs);
    }
    window.addEventListener('pointerdown', wait);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointerdown', wait);
    };
  }, [key, delayMs]);
  return armedKey === key;
}
