/** Why a slip did not come out, or may not have, and what to do next: for the person at a shell. */
import type { SlipView } from '../../core/contract/views.ts';
import type { SlipCode } from '../../core/domain/journal-event.ts';

type Cause = Readonly<{ what: string; remedy: string }>;

const CAUSES: Readonly<Record<SlipCode, Cause>> = {
  unplugged: { what: 'the printer is unplugged', remedy: 'check its cable and power' },
  'not-found': { what: 'the printer is not there', remedy: 'check its cable, and how it was paired' },
  busy: { what: 'another program holds the printer', remedy: 'close that program' },
  permission: { what: 'the system does not let the till use the printer', remedy: 'give it the permission' },
  timeout: { what: 'the printer did not answer in time', remedy: 'check that it is on' },
  offline: { what: 'the printer is off or not ready', remedy: 'switch it on, look at cable and cover' },
  restarted: { what: 'the printer was switched off and on', remedy: 'wait until it is ready' },
  'paper-out': { what: 'there is no paper', remedy: 'put in a roll' },
  'cover-open': { what: 'the cover is open', remedy: 'close it' },
  cutter: { what: 'the cutter is stuck', remedy: 'switch the printer off, free the paper, switch it on' },
  overheat: { what: 'the print head is hot', remedy: 'wait a minute' },
  'printer-error': { what: 'the printer reports an error', remedy: 'switch it off and on' },
  unsupported: { what: 'this printer cannot carry this slip', remedy: 'pair a wider printer, or another profile' },
  io: { what: 'the line or the disk failed', remedy: 'look at the cable, the folder and the log' },
  cancelled: { what: 'it was cancelled', remedy: 'nothing is left to do' },
  expired: { what: 'its time was over before its turn', remedy: 'see how the cash-out stands' },
  held: { what: 'the slip before it broke off', remedy: 'see to the printer' },
  interrupted: { what: 'the program ended', remedy: 'look at the printer' },
};

export function waitingText(code: SlipCode): string {
  const { what, remedy } = CAUSES[code];
  return `The printer waits: ${what}. To go on, ${remedy}; it prints by itself then.`;
}

/** Empty: it came out, or nobody knows why it did not. */
export function nextStepText({ state, code }: Pick<SlipView, 'state' | 'code'>): string {
  if (code === undefined) return '';
  const { what, remedy } = CAUSES[code];
  if (state === 'refused') return `Nothing is on paper: ${what}. Next: ${remedy}, then print again.`;
  if (state !== 'unknown') return '';
  return `It may be on paper: ${what}. Next: ${remedy}, and look at the paper. If the slip is complete, nothing is left to do; else print it again, as a copy.`;
}
