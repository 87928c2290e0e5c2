import type { scans as spanish } from '../es/scans.ts';
import type { WordsLike } from '../words-like.ts';

export const scans: WordsLike<typeof spanish> = {
  unknown: (shown) => `“${shown}” was scanned. It is nothing of this till.`,
  damaged: (shown) => `The voucher was misread: “${shown}”. Scan it again.`,
  questionOpen: 'Answer the question first, then scan again.',
};
