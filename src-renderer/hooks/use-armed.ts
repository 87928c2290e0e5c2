import { useEffect, useState } from 'react';

/**
 * False for a moment after `key` changes: the second half of a double tap, or a key held a little long, must not decide what the new
 * screen asks.
 */
export function useArmed(key: string, delayMs = 450): boolean {
  const [armedKey, setArmedKey] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setArmedKey(key), delayMs);
    return () => clearTimeout(timer);
  }, [key, delayMs]);
  return armedKey === key;
}
