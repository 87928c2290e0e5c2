/** A person at a Chromium window: real clicks and keys through the browser, on what a person could click. */
import type { Locator, Page } from 'playwright-core';
import type { WindowControl, WindowHands } from '../window-host.ts';

const PATIENCE_MS = 20_000;
const PRESSABLE = 'button:not([aria-disabled="true"]), label, [role="radio"]';

export function createChromiumHands(page: Page): WindowHands {
  return {
    async tap(control) {
      await find(page, control).first().click({ timeout: PATIENCE_MS, noWaitAfter: true });
    },
    type: (text) => page.keyboard.type(text),
    sees: (words) => page.getByText(words).first().waitFor({ state: 'visible', timeout: PATIENCE_MS }),
  };
}

function find(page: Page, control: WindowControl): Locator {
  if ('key' in control) return page.locator(`[aria-keyshortcuts="${control.key}"]:not([aria-disabled="true"])`);
  if ('words' in control) return page.locator(PRESSABLE).filter({ hasText: control.words });
  return page.getByRole('dialog').locator(PRESSABLE).filter({ hasText: control.answer });
}
