/** Where the cashier is. Leaving a screen never ends anything: what is open stays open, in the list at the side. */
import { createContext, use } from 'react';
import type { ReportView } from '../../src-main/core/contract/views.ts';
import { invariant } from '../../src-main/core/domain/result.ts';

export type Place =
  | Readonly<{ name: 'home' }>
  | Readonly<{ name: 'cash-out'; id: string }>
  | Readonly<{ name: 'today'; id?: string }>
  | Readonly<{ name: 'new-payout' }>
  | Readonly<{ name: 'payout'; id: string }>
  | Readonly<{ name: 'payouts' }>
  | Readonly<{ name: 'find-payout'; text?: string }>
  | Readonly<{ name: 'cases' }>
  | Readonly<{ name: 'case'; id: string }>
  | Readonly<{ name: 'pairing' }>
  | Readonly<{ name: 'devices' }>
  | Readonly<{ name: 'shift' }>
  | Readonly<{ name: 'drop' }>
  | Readonly<{ name: 'count' }>
  | Readonly<{ name: 'x-report' }>
  | Readonly<{ name: 'z-report'; report: ReportView }>;

export type Navigation = Readonly<{ place: Place; go: (place: Place) => void }>;

export const NavigationContext = createContext<Navigation | undefined>(undefined);

export function useNavigation(): Navigation {
  const navigation = use(NavigationContext);
  invariant(navigation !== undefined, 'a screen outside of NavigationContext');
  return navigation;
}
