/** Prints the kept sticker. Every print is alike: a sign for the counter, which a person asked for, and no copy of anything (I9). */
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { SlipState } from '../../domain/journal-event.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import type { PairingEvent, PairingNetworkId } from '../../domain/pairing.ts';
import { err, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { stickerSlip } from '../../domain/slips/sticker-slip.ts';
import { frameOf } from '../printing/slip-content.ts';
import { sendTo } from '../printing/print-slip.ts';
import { requireSettings } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { pairingRecord } from './pairing-record.ts';

export type StickerPrint = Readonly<{ jobId: string; state: SlipState; detail: string }>;

/** Dots across: 60 mm at 203 dpi, and an even number, because the picture is sent at half of it. */
export const STICKER_DOTS = 240;

export async function printSticker(till: TillContext, network: PairingNetworkId): Promise<Result<StickerPrint, Fault>> {
  const settings = requireSettings(till);
  if (!settings.ok) return settings;
  const { printer, pairing } = till;
  if (!printer || !pairing) return err(fault('slip.no-printer', 'this till has no printer'));
  const { sticker, pos, store } = pairingRecord(till.store, network);
  const picture = sticker && (await pairing.pictures.bitmap(sticker.sha256, STICKER_DOTS));
  if (!sticker || !pos || !store || !picture)
    return err(fault('slip.not-now', 'there is no sticker of this till to print: pair it first'));
  const document = stickerSlip(
    {
      picture,
      walletName: NETWORK_NAMES[network],
      storeName: store.name,
      externalPosId: pos.externalId ?? pos.id,
    },
    frameOf(till, settings.value, 0),
  );
  const jobId = till.ids.next();
  note(till, network, { kind: 'sticker-print', jobId, state: 'sending', detail: '' });
  const { state, detail } = await sendTo(till, printer, { id: jobId, document });
  note(till, network, { kind: 'sticker-print', jobId, state, detail });
  return ok({ jobId, state, detail });
}

function note(till: TillContext, network: PairingNetworkId, step: PairingEvent): void {
  till.store.commit([{ type: 'pairing.step', v: 1, network, step }]);
}
