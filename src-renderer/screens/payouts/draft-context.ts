/** The payout that is being filled in outlives a look at another screen, not its shift. */
import { createContext, use } from 'react';
import { invariant } from '../../../src-main/core/domain/result.ts';
import type { Draft } from './draft.ts';

export type DraftPlace = Readonly<{
  draft: Draft | undefined;
  keep: (draft: Draft | undefined) => void;
}>;

export const DraftContext = createContext<DraftPlace | undefined>(undefined);

export function useDraftPlace(): DraftPlace {
  const place = use(DraftContext);
  invariant(place !== undefined, 'a screen outside of DraftContext');
  return place;
}
