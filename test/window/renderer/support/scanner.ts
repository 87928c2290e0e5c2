/** A scanner that types as a keyboard: real keys through the browser, as fast as scanners are, whatever the machine is busy with. */
import type { Page } from 'playwright-core';

const KEY_MS = 8;

/** `end`: the key that the scanner types last. */
export async function scan(page: Page, text: string, end: 'Enter' | 'Tab' | 'none' = 'Enter'): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const keys = [...Array.from(text, signOf), ...(end === 'none' ? [] : [endOf(end)])];
  const startS = Date.now() / 1_000;
  // All at once, each with its own time: a driver that waits between two keys would be a person on a busy machine.
  const sent = keys.flatMap((key, index) => {
    const timestamp = startS + (index * KEY_MS) / 1_000;
    return [
      cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, ...key }),
      cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp: timestamp + 0.004, ...key, text: '' }),
    ];
  });
  await Promise.all(sent);
  await cdp.detach();
}

type Key = Readonly<{ key: string; code: string; text: string; windowsVirtualKeyCode: number; modifiers: number }>;

function signOf(sign: string): Key {
  const isLetter = /[a-z]/i.test(sign);
  const code = isLetter
    ? `Key${sign.toUpperCase()}`
    : /\d/.test(sign)
      ? `Digit${sign}`
      : sign === ' '
        ? 'Space'
        : 'Slash';
  const isCapital = isLetter && sign === sign.toUpperCase();
  const windowsVirtualKeyCode = sign.toUpperCase().charCodeAt(0);
  return { key: sign, code, text: sign, windowsVirtualKeyCode, modifiers: isCapital ? 8 : 0 };
}

function endOf(end: 'Enter' | 'Tab'): Key {
  const isEnter = end === 'Enter';
  return { key: end, code: end, text: isEnter ? '\r' : '', windowsVirtualKeyCode: isEnter ? 13 : 9, modifiers: 0 };
}
