/** A person at a Chromium window: real clicks and keys through the browser, on what a person could click. */
import type { Page } from 'playwright-core';
import type { WindowHands } from '../window-host.ts';

const PATIENCE_MS = 20_000;

export function createChromiumHands(page: Page): WindowHands {
  return {
    async tap(control) {
      const found =
        'key' in control
          ? page.locator(`[aria-keyshortcuts="${control.key}"]:not([aria-disabled="true"])`)
          : page
              .locator('button:not([aria-disabled="true"]), label, [role="radio"]')
              .filter({ hasText: control.words });
      await found.first().click({ timeout: PATIENCE_MS, noWaitAfter: true });
    },
    type: (text) => page.keyboard.type(text),
    sees: (words) => page.getByText(words).first().waitFor({ state: 'visible', timeout: PATIENCE_MS }),
  };
}
