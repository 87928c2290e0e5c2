/** What windows need of a composed till, whichever way it was composed. */
import type { Clock, Log } from '../core/application/ports/system.ts';
import type { EventFrame, Handlers } from '../core/contract/contract.ts';

export type WindowTill = Readonly<{
  /** stopped: it could not be opened, and says why. */
  mode: 'production' | 'training' | 'stopped';
  handlers: Handlers;
  events: (hear: (frame: EventFrame) => void) => () => void;
  clock: Clock;
  log: Log;
  /** Folder with the data of this till. */
  dataDirectory: string;
  close(): Promise<void>;
}>;
