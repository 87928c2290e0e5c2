/** What may befall a printer in the middle of a slip, how it is put right, and what the till must say of it. */
import type { DeviceFaultCode } from '../../../src-main/core/domain/devices/device-fault.ts';
import type { Counter } from './counter.ts';

export type Mishap = Readonly<{
  name: string;
  strike: (counter: Counter) => void;
  /** Before the next slip. */
  repair: (counter: Counter) => void;
  /** It passes by itself, and the slip comes out all the same. */
  passes: boolean;
  /** The causes that the cashier may read. */
  causes: readonly DeviceFaultCode[];
}>;

const ROLL_CHANGED_AFTER_MS = 30_000;
const COVER_CLOSED_AFTER_MS = 8_000;
const POWER_BACK_AFTER_MS = 1_000;

export const MISHAPS: readonly Mishap[] = [
  {
    name: 'the paper runs out, and nobody comes',
    strike: ({ device }) => device.setCondition({ paper: 'out' }),
    repair: ({ device }) => device.setCondition({ paper: 'ok' }),
    passes: false,
    causes: ['paper-out'],
  },
  {
    name: 'the paper runs out, and the roll is changed',
    strike({ device, time }) {
      device.setCondition({ paper: 'out' });
      time.after(ROLL_CHANGED_AFTER_MS, () => device.setCondition({ paper: 'ok' }));
    },
    repair: () => undefined,
    passes: true,
    causes: [],
  },
  {
    name: 'the cover is opened, and left open',
    strike: ({ device }) => device.setCondition({ cover: 'open' }),
    repair: ({ device }) => device.setCondition({ cover: 'closed' }),
    passes: false,
    causes: ['cover-open'],
  },
  {
    name: 'the cover is opened and closed',
    strike({ device, time }) {
      device.setCondition({ cover: 'open' });
      time.after(COVER_CLOSED_AFTER_MS, () => device.setCondition({ cover: 'closed' }));
    },
    repair: () => undefined,
    // The line under the head is spoilt, whatever the printer says afterwards: somebody has to look.
    passes: false,
    causes: ['cover-open'],
  },
  {
    name: 'the cable is pulled',
    strike: ({ cable }) => cable.plug('out'),
    repair: ({ cable }) => cable.plug('in'),
    passes: false,
    causes: ['unplugged'],
  },
  {
    name: 'the power goes, and stays away',
    strike: ({ device }) => device.powerOff(),
    repair: ({ device }) => device.powerOn(),
    passes: false,
    causes: ['offline'],
  },
  {
    name: 'the power goes and comes back',
    strike({ device, time }) {
      device.powerOff();
      time.after(POWER_BACK_AFTER_MS, () => device.powerOn());
    },
    repair: () => undefined,
    passes: false,
    // Some printers do not say that they were switched on.
    causes: ['restarted', 'timeout', 'offline'],
  },
];
