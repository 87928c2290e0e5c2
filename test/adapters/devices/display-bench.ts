/** Displays' profiles, every view that there is, and lines that write down what they carry. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DisplayProfile, QrDisplayProfile } from '../../../src-main/adapters/devices/displays/display-profile.ts';
import {
  readDisplayProfile,
  readQrDisplayProfile,
} from '../../../src-main/adapters/devices/displays/display-profile.ts';
import type { ByteTransport, LineState } from '../../../src-main/adapters/devices/transports/byte-transport.ts';
import type { DisplayState, DisplayView } from '../../../src-main/core/application/ports/customer-display.ts';
import type { DeviceFault } from '../../../src-main/core/application/ports/device-fault.ts';
import { money } from '../../../src-main/core/domain/money.ts';
import type { Result } from '../../../src-main/core/domain/result.ts';
import { err, ok } from '../../../src-main/core/domain/result.ts';
import { PROFILE_FOLDER } from './printer-bench.ts';

function asset(id: string): unknown {
  return JSON.parse(readFileSync(path.join(PROFILE_FOLDER, `display-${id}.json`), 'utf8'));
}

export function lineProfile(id: string): DisplayProfile {
  return readOrThrow(readDisplayProfile(asset(id)));
}

export function qrProfile(id: string): QrDisplayProfile {
  return readOrThrow(readQrDisplayProfile(asset(id)));
}

export const DISPLAY_IDS: readonly string[] = globSync('display-*.json', { cwd: PROFILE_FOLDER }).map((file) =>
  file.slice('display-'.length, -'.json'.length),
);
export const LINE_IDS: readonly string[] = DISPLAY_IDS.filter((id) => !id.startsWith('qr-'));

function readOrThrow<Profile>(read: Result<Profile, string>): Profile {
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

const amount = money('MXN', 150_050);
export const VIEWS: { readonly [State in DisplayState]: Omit<Extract<DisplayView, { state: State }>, 'locale'> } = {
  idle: { state: 'idle', shopName: 'Abarrotes La Esperanza de Puebla' },
  closed: { state: 'closed', shopName: 'La Esperanza' },
  amount: { state: 'amount', amount },
  pay: { state: 'pay', amount, qrData: 'x', remainingMs: 873_200 },
  paid: { state: 'paid', amount },
  'take-notes': { state: 'take-notes', amount },
  done: { state: 'done', amount },
  returning: { state: 'returning', amount },
  returned: { state: 'returned', amount },
  cancelled: { state: 'cancelled' },
  expired: { state: 'expired' },
  'please-wait': { state: 'please-wait' },
};
export const STATES = Object.keys(VIEWS) as readonly DisplayState[];

export function view(state: DisplayState, locale: DisplayView['locale'] = 'es'): DisplayView {
  return { ...VIEWS[state], locale };
}

export type RecordedLine = ByteTransport &
  Readonly<{
    /** Each job: its label and its bytes. */
    jobs: { label: string; bytes: Buffer }[];
    plug: (connected: LineState['connected']) => void;
    /** While set, every write fails with it. */
    failure: { fault?: DeviceFault };
    isClosed: () => boolean;
  }>;

/** `tellsState` false: a line that never says whether it is there. */
export function recordedLine(device?: { write(bytes: Uint8Array): void }, tellsState = true): RecordedLine {
  const jobs: RecordedLine['jobs'] = [];
  const listeners = new Set<(state: LineState) => void>();
  const failure: RecordedLine['failure'] = {};
  let state: LineState = { connected: 'yes' };
  let isClosed = false;
  return {
    id: 'recorded',
    kind: 'serial',
    canRead: false,
    jobs,
    failure,
    isClosed: () => isClosed,
    async write(bytes, { label }) {
      await Promise.resolve();
      if (state.connected === 'no') return err({ code: 'unplugged', sent: 'none', detail: 'unplugged' });
      if (failure.fault) return err(failure.fault);
      jobs.push({ label, bytes: Buffer.from(bytes) });
      device?.write(bytes);
      return ok(undefined);
    },
    onData: () => () => undefined,
    ...(tellsState && {
      onState(listener: (now: LineState) => void) {
        listeners.add(listener);
        listener(state);
        return () => void listeners.delete(listener);
      },
    }),
    plug(connected) {
      state = { connected };
      for (const listener of listeners) listener(state);
    },
    async close() {
      isClosed = true;
    },
  };
}

export function hex(...pieces: readonly Uint8Array[]): string {
  return pieces.map((piece) => Buffer.from(piece).toString('hex')).join(' ');
}

/** The bytes of a text, as hex. */
export function ascii(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex');
}
