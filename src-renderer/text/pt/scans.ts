import type { scans as spanish } from '../es/scans.ts';
import type { WordsLike } from '../words-like.ts';

export const scans: WordsLike<typeof spanish> = {
  unknown: (shown) => `Foi lido “${shown}”. Não é nada deste caixa.`,
  damaged: (shown) => `O comprovante foi lido errado: “${shown}”. Escaneie de novo.`,
  questionOpen: 'Responda primeiro à pergunta e escaneie de novo.',
};
