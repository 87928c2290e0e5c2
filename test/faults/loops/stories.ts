/** What customer and cashier are about to do at one cash-out, told by what the screen shows; nobody in them knows that something goes wrong. */
import type { CashOutAction } from '../../../src-main/core/contract/views.ts';
import type { CashOut } from '../../../src-main/core/domain/cash-out.ts';
import type { AskedItem } from '../../../src-main/core/domain/purchase.ts';
import type { Till } from '../../../src-main/core/application/till.ts';
import type { ShopNetwork } from './faulty-shop.ts';

/** One look at the screen: what it shows, what may be pressed, and what hands and customers can do beside it. */
export type Look = Readonly<{
  till: Till;
  cashOut: CashOut;
  may: (action: CashOutAction) => boolean;
  /** Never twice. */
  customerPays: (how?: { force?: boolean }) => void;
  customerHoldsTheOrder: () => void;
  orderExpires: () => void;
  notesChangeHands: () => void;
  /** Something happened before, at another look. */
  happened: (what: string) => boolean;
}>;

export type Story = Readonly<{
  name: string;
  networks: readonly ShopNetwork[];
  ends: CashOut['state'];
  /** As well: the in-store network says of an order taken back, asked again, only that it is gone; the till then waits for its end. */
  mayEnd?: CashOut['state'];
  isGiven: boolean;
  items?: readonly AskedItem[];
  /** Over the in-store network only a sticker's order can be taken back. */
  instoreMode?: 'static';
  lifetimeMs?: number;
  /** Commits, requests and device jobs that an undisturbed telling makes at least. */
  least: Readonly<{ commit: number; network: number; read: number }>;
  act: (look: Look) => unknown;
}>;

const BOTH = ['mercadopago-orders', 'mercadopago-instore'] as const;

const SOAP: readonly AskedItem[] = [{ title: 'Jabón', unitPriceMinor: 2_550, quantity: 2 }];

function pays(look: Look): boolean {
  if (look.cashOut.state !== 'awaiting_payment' || look.happened('paid')) return false;
  look.customerPays();
  return true;
}

function handsOver({ till, cashOut: { id, state }, may, notesChangeHands }: Look): unknown {
  if (state === 'paid' && may('hand-over')) return till.handOver(id);
  if (state !== 'handing_over') return undefined;
  notesChangeHands();
  return till.given(id);
}

const hasEndedUnpaid = ({ cashOut: { state } }: Look): boolean => state === 'cancelled' || state === 'expired';

const isPaidOrLater = ({ cashOut: { state } }: Look): boolean => state !== 'requested' && state !== 'awaiting_payment';

export const STORIES: readonly Story[] = [
  {
    name: 'paid and given, with a QR slip',
    networks: BOTH,
    ends: 'settled',
    isGiven: true,
    least: { commit: 12, network: 3, read: 100 },
    act(look) {
      if (look.may('print-qr') && !look.happened('slip')) return look.till.print('qr', look.cashOut.id);
      return pays(look) || handsOver(look);
    },
  },
  {
    name: 'cancelled by the cashier',
    networks: BOTH,
    instoreMode: 'static',
    ends: 'cancelled',
    mayEnd: 'expired',
    isGiven: false,
    least: { commit: 8, network: 2, read: 60 },
    act: ({ till, cashOut, may }) =>
      cashOut.state === 'awaiting_payment' && may('cancel') ? till.cancel(cashOut.id) : undefined,
  },
  {
    name: 'expired',
    networks: BOTH,
    lifetimeMs: 30_000,
    ends: 'expired',
    isGiven: false,
    least: { commit: 7, network: 2, read: 40 },
    act: ({ cashOut, orderExpires }) => (cashOut.state === 'awaiting_payment' ? orderExpires() : undefined),
  },
  {
    name: 'paid and returned',
    networks: BOTH,
    ends: 'returned',
    isGiven: false,
    least: { commit: 9, network: 4, read: 80 },
    act(look) {
      const { till, cashOut, may } = look;
      if (pays(look)) return undefined;
      return cashOut.state === 'paid' && may('return') ? till.giveBack(cashOut.id, 'the customer left') : undefined;
    },
  },
  {
    name: 'cancelled, paid late, and given',
    networks: BOTH,
    instoreMode: 'static',
    ends: 'settled',
    isGiven: true,
    least: { commit: 14, network: 5, read: 120 },
    act(look) {
      const { till, cashOut, may } = look;
      if (cashOut.state === 'awaiting_payment' && may('cancel')) return till.cancel(cashOut.id);
      if (hasEndedUnpaid(look) && !look.happened('paid')) return look.customerPays({ force: true });
      return isPaidOrLater(look) ? handsOver(look) : undefined;
    },
  },
  {
    name: 'paid while the cashier cancels, and returned',
    networks: ['mercadopago-orders'],
    ends: 'returned',
    isGiven: false,
    least: { commit: 10, network: 5, read: 100 },
    act(look) {
      const { till, cashOut, may } = look;
      if (cashOut.state === 'awaiting_payment' && may('cancel')) {
        look.customerHoldsTheOrder();
        return till.cancel(cashOut.id);
      }
      if (cashOut.state === 'cancelling' && !look.happened('paid')) return look.customerPays();
      return cashOut.state === 'paid' && may('return') ? till.giveBack(cashOut.id, 'the customer left') : undefined;
    },
  },
  {
    name: 'goods and notes in one payment',
    networks: ['mercadopago-instore'],
    ends: 'settled',
    isGiven: true,
    items: SOAP,
    least: { commit: 10, network: 3, read: 100 },
    act: (look) => pays(look) || handsOver(look),
  },
];
