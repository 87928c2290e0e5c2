/** Whose record a scanned text names. Only our own store is asked: nothing leaves the till because somebody held a code up. */
import { readLookup } from '../../domain/payouts/voucher.ts';
import type { ScanFinding, ScanReading } from '../../domain/scan.ts';
import { shownScan, textsOf } from '../../domain/scan.ts';
import type { TillContext } from '../till-parts.ts';

type Found = Extract<ScanFinding, { kind: 'payout' | 'cash-out' }>;

export function findScanned(till: TillContext, reading: ScanReading): Exclude<ScanFinding, { kind: 'repeated' }> {
  const texts = textsOf(reading);
  for (const text of texts) {
    const found = payoutOf(till, text) ?? cashOutOf(till, text);
    if (found) return found;
  }
  const lookups = texts.map((text) => ({ text, lookup: readLookup(text) }));
  const voucher = lookups.find(({ lookup }) => lookup.kind === 'voucher');
  if (voucher) return { kind: 'elsewhere', text: voucher.text };
  const damaged = lookups.find(({ lookup }) => lookup.kind === 'damaged-voucher');
  if (damaged) return { kind: 'damaged', shown: shownScan(damaged.text) };
  const [text] = texts;
  return { kind: 'unknown', shown: shownScan(reading.text), ...(text !== undefined && { text }) };
}

function payoutOf({ store }: TillContext, text: string): Found | undefined {
  const lookup = readLookup(text);
  // Mere digits are an article's number more often than a payout's; those are typed where payouts are looked for.
  const externalId = lookup.kind === 'voucher' || lookup.kind === 'external-id' ? lookup.externalId : undefined;
  const payout = externalId === undefined ? undefined : store.payoutByExternalId(externalId);
  return payout && { kind: 'payout', payoutId: payout.id };
}

/** The reference that a receipt carries ends in the cash-out's id; a QR slip carries the network's own data while it is payable. */
function cashOutOf({ store }: TillContext, text: string): Found | undefined {
  const reference = text.toUpperCase();
  const id = /[0-9A-Z]{26}$/.exec(reference)?.[0];
  const named = id === undefined ? undefined : store.cashOut(id);
  if (named?.externalReference === reference) return { kind: 'cash-out', cashOutId: named.id };
  const offered = store
    .cashOutsIn(['awaiting_payment'])
    .find((cashOut) => cashOut.state === 'awaiting_payment' && cashOut.order.qrData === text);
  return offered && { kind: 'cash-out', cashOutId: offered.id };
}
