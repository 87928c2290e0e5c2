/**
 * Commands about payouts in the outbox. Their progress is that of every command; they carry no key, for the network takes none:
 * the payout's one external id is what keeps it from being made twice, and stands in the frozen bytes.
 */
import type { CommandProgress, FrozenRequest } from '../command.ts';
import type { PayoutNetworkId } from './payout.ts';

export const PAYOUT_COMMAND_KINDS = ['create', 'cancel', 'hold', 'release'] as const;
export type PayoutCommandKind = (typeof PAYOUT_COMMAND_KINDS)[number];

/** What was decided about it before anything left. */
export type NewPayoutCommand = Readonly<{
  id: string;
  payoutId: string;
  network: PayoutNetworkId;
  kind: PayoutCommandKind;
  request: FrozenRequest;
}>;

export type PayoutCommand = NewPayoutCommand & CommandProgress;
