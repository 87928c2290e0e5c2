/**
 * Puts a window on its screen and gives its page the size it was asked for, over the browser's protocol.
 *
 * Source  Chrome DevTools Protocol: Emulation.getScreenInfos, Browser.getWindowForTarget, Browser.setWindowBounds.
 * Units   CSS pixels, origin at the left upper corner of the primary screen.
 */
import type { CDPSession } from 'playwright-core';
import type { HostLog, WindowSpec } from '../window-host.ts';

export type Screen = Readonly<{ left: number; top: number; width: number; height: number; isPrimary: boolean }>;

export async function placeWindow(cdp: CDPSession, spec: WindowSpec, log: HostLog): Promise<void> {
  const screens = await screensOf(cdp);
  const isMissing = spec.displayIndex >= screens.length;
  if (isMissing) log.warn('a screen is missing', { role: spec.role, asked: spec.displayIndex, found: screens.length });
  const { windowId } = await cdp.send('Browser.getWindowForTarget');
  if (spec.kiosk && isMissing && screens.length > 0) {
    // From full screen there is no way down but through normal.
    for (const windowState of ['normal', 'minimized'] as const) {
      await cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    }
    return;
  }
  const screen = chooseScreen(screens, spec.displayIndex);
  if (spec.kiosk) {
    if (screen !== undefined) await fillScreen(cdp, windowId, screen);
    return;
  }
  if (screen !== undefined && spec.displayIndex > 0) {
    const bounds = { left: screen.left, top: screen.top };
    await cdp.send('Browser.setWindowBounds', { windowId, bounds });
  }
  await fitPage(cdp, windowId, spec);
}

const LOOK_EVERY_MS = 3_000;

/**
 * Places a window again when screens came or went; the protocol tells of no such thing, so it is asked. A window that stands on the first
 * screen and fills none is left where a person put it. The answer ends it.
 */
export async function followScreens(cdp: CDPSession, spec: WindowSpec, log: HostLog): Promise<() => void> {
  if (spec.displayIndex === 0 && !spec.kiosk) return () => undefined;
  let known = JSON.stringify(await screensOf(cdp));
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      const now = JSON.stringify(await screensOf(cdp));
      if (now === known) return;
      known = now;
      log.info('the screens have changed', { role: spec.role });
      await placeWindow(cdp, spec, log);
    } catch (error) {
      // A window that is just closing cannot be asked.
      log.info('screens could not be looked at', { role: spec.role, error: String(error).slice(0, 200) });
    } finally {
      isLooking = false;
    }
  }

  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

async function screensOf(cdp: CDPSession): Promise<readonly Screen[]> {
  return orderScreens((await cdp.send('Emulation.getScreenInfos')).screenInfos);
}

async function fillScreen(cdp: CDPSession, windowId: number, screen: Screen): Promise<void> {
  const { left, top, width, height } = screen;
  // A full-screen window cannot be moved: back to normal, over there, full again. On X11 Chromium keeps a window one pixel smaller than a
  // screen of exactly its size; a till without a window manager, where nothing makes it full after that, would show a line of the desktop.
  const covering = { left, top, width, height: height + 1 };
  await cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } });
  await cdp.send('Browser.setWindowBounds', { windowId, bounds: covering });
  await cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'fullscreen' } });
}

/** The title bar takes its part of the window: measure, then ask for that much more. */
async function fitPage(cdp: CDPSession, windowId: number, spec: WindowSpec): Promise<void> {
  const { cssLayoutViewport } = await cdp.send('Page.getLayoutMetrics');
  const missingWidth = spec.widthPx - cssLayoutViewport.clientWidth;
  const missingHeight = spec.heightPx - cssLayoutViewport.clientHeight;
  if (missingWidth === 0 && missingHeight === 0) return;
  const { bounds } = await cdp.send('Browser.getWindowBounds', { windowId });
  if (bounds.width === undefined || bounds.height === undefined) return;
  const size = { width: bounds.width + missingWidth, height: bounds.height + missingHeight };
  await cdp.send('Browser.setWindowBounds', { windowId, bounds: size });
}

/** Primary first, then from left to right, so that a number means the same screen after a restart. */
export function orderScreens(screens: readonly Screen[]): readonly Screen[] {
  return screens.toSorted(
    (one, other) => Number(other.isPrimary) - Number(one.isPrimary) || one.left - other.left || one.top - other.top,
  );
}

export function chooseScreen(screens: readonly Screen[], displayIndex: number): Screen | undefined {
  return screens[displayIndex] ?? screens[0];
}
