/** The till's side of the calls of pairing. */
import type { Till } from '../core/application/till.ts';
import type { Handlers } from '../core/contract/contract.ts';
import { err, ok } from '../core/domain/result.ts';
import { pairingLookView, pairingView, stickerView } from './views/pairing-view.ts';

type PairingCalls = 'pairing.view' | 'pairing.look' | 'pairing.start' | 'pairing.sticker' | 'pairing.print-sticker';

export function pairingHandlers(till: Till): Pick<Handlers, PairingCalls> {
  const { pairing, context } = till;
  return {
    'pairing.view': async ({ network }) => pairingView(till, network),
    'pairing.look': async ({ network, storeId }) => {
      const store = storeId === undefined ? {} : { id: storeId };
      const look = await pairing.look({ network, store, pos: {} });
      return look.ok ? ok(pairingLookView(till, network, look.value)) : look;
    },
    'pairing.start': async (request) => {
      const began = pairing.begin(request);
      if (!began.ok) return err(began.error);
      began.value.catch((error: unknown) => context.log.error('pairing failed', { error: String(error) }));
      return pairingView(till, request.network);
    },
    'pairing.sticker': async ({ network }) => ok(stickerView(pairing.sticker(network))),
    'pairing.print-sticker': async ({ network }) => pairing.printSticker(network),
  };
}
