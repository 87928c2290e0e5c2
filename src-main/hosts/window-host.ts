/**
 * Shows the renderer in windows. Electron's BrowserWindow is one host; the system's own Chromium, driven through its pipe, is the other.
 * Everything above this interface is shared by both.
 */
import type { Connection, WindowRole } from '../core/contract/contract.ts';

export interface WindowHost {
  /** Resolves when the page has said hello over its connection, not merely when a process runs. */
  open(spec: WindowSpec): Promise<HostedWindow>;
  /** Closes every window and ends the host's processes. */
  close(): Promise<void>;
}

export type WindowSpec = Readonly<{
  role: WindowRole;
  title: string;
  /**
   * 0 is the primary screen. Where another one is missing a window waits for it out of sight, if it would fill the screen, and else
   * stands on the first: nothing may cover the cashier's work. Screens that come and go are followed.
   */
  displayIndex: number;
  kiosk: boolean;
  /** Size in CSS pixels when not kiosk. */
  widthPx: number;
  heightPx: number;
}>;

export interface HostedWindow {
  readonly role: WindowRole;
  readonly connection: Connection;
  /** asked: we or the person closed it · crashed: the page or its process is gone; the caller opens it again. */
  readonly closed: Promise<'asked' | 'crashed'>;
  /** PNG of what the window shows now, for support and the demo. */
  screenshot(): Promise<Uint8Array>;
  /** For the demo and for tests; absent where a host has none. */
  readonly hands?: WindowHands;
  close(): Promise<void>;
}

/** A person at the window: taps what is there, visible and enabled, and types. Rejects when it is not there within a few seconds. */
export interface WindowHands {
  tap(control: WindowControl): Promise<void>;
  type(text: string): Promise<void>;
  /** Resolves when the window shows these words. */
  sees(words: string): Promise<void>;
}

/** `key`: the control that shows this key (`F4`, `Escape`) · `words`: the control that says so · `answer`: that one of the question on top. */
export type WindowControl = Readonly<{ key: string }> | Readonly<{ words: string }> | Readonly<{ answer: string }>;

/** The till's log, as far as a host writes to it. */
export interface HostLog {
  info(message: string, facts?: HostLogFacts): void;
  warn(message: string, facts?: HostLogFacts): void;
  error(message: string, facts?: HostLogFacts): void;
}
export type HostLogFacts = Readonly<Record<string, string | number | boolean | undefined>>;
