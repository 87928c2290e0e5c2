/** The sticker of a point of sale as a slip: the network's own picture, and whose it is. It carries no amount and is no receipt. */
import type { Bitmap, SlipDocument } from './slip-document.ts';
import { RULE, centred, pair } from './slip-document.ts';
import type { SlipFrame } from './slip-frame.ts';
import { framed, title } from './slip-frame.ts';
import { SLIP_WORDS } from './slip-words.ts';

export type StickerFacts = Readonly<{
  /** I7: as the network drew it. */
  picture: Bitmap;
  walletName: string;
  storeName: string;
  externalPosId: string;
}>;

export function stickerSlip(facts: StickerFacts, frame: SlipFrame): SlipDocument {
  const words = SLIP_WORDS[frame.locale];
  return framed('sticker', frame, [
    ...title(facts.walletName),
    centred(words.stickerScan, { weight: 'bold' }),
    { kind: 'picture', bitmap: facts.picture },
    RULE,
    pair(words.stickerStore, facts.storeName),
    pair(words.stickerPos, facts.externalPosId),
    centred(words.stickerNote),
  ]);
}
