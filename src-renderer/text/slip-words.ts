/** Why a slip did not come out, or may not have, and what the cashier does next. */
import type { SlipView } from '../../src-main/core/contract/views.ts';
import type { SlipCode } from '../../src-main/core/domain/journal-event.ts';
import type { DeviceFaultCode } from '../../src-main/core/domain/devices/device-fault.ts';
import type { Words } from './words.ts';
import { slipStateWord, slipWord } from './words.ts';

export type CauseWords = Readonly<{ title: string; todo: string }>;

/** With the number of a copy. */
export function slipName(words: Words, { kind, copy }: Pick<SlipView, 'kind' | 'copy'>): string {
  return copy > 0 ? `${slipWord(words, kind)}, ${words.records.copyOf(copy)}` : slipWord(words, kind);
}

/** What the printer waits for, while it goes on by itself afterwards. */
export function waitingWords(words: Words, why: DeviceFaultCode): CauseWords {
  const known: Readonly<Partial<Record<DeviceFaultCode, CauseWords>>> = words.slips.waiting;
  return known[why] ?? words.slips.waiting.other;
}

/** Undefined: it came out, or is on its way. */
export function causeWords(words: Words, { state, code }: Pick<SlipView, 'state' | 'code'>): CauseWords | undefined {
  if (state !== 'refused' && state !== 'unknown') return undefined;
  const known: Readonly<Record<SlipCode, CauseWords>> = words.slips[state];
  // From before causes were kept.
  return known[code ?? 'timeout'];
}

/** Good news only: what came to nothing stands at the side with its cause, for as long as somebody may want it. */
export function printNote(words: Words, slip: SlipView): Readonly<{ text: string; tone: 'good' }> | undefined {
  if (slip.state === 'refused' || slip.state === 'unknown' || slip.waitingFor !== undefined) return undefined;
  const isOut = slip.state === 'printed' || slip.state === 'processed';
  const say = isOut ? words.records.printed : words.records.printQueued;
  return { text: say(slipName(words, slip)), tone: 'good' };
}

/** For lists: the state, and the cause where there is one. */
export function slipStateText(words: Words, slip: SlipView): string {
  const state = slipStateWord(words, slip.state);
  return slip.code === undefined ? state : `${state} (${causeWords(words, slip)?.title ?? ''})`;
}
