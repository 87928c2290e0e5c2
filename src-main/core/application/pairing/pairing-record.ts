/** How pairing stands with one network, read from the journal: the only memory that a crash leaves. */
import type { Order } from '../../domain/cash-out.ts';
import { pairingSubject } from '../../domain/pairing.ts';
import type { Account, PairingEvent, PairingNetworkId, PointOfSale, Proof, Store } from '../../domain/pairing.ts';
import type { TillStore } from '../ports/till-store.ts';

/** Saved, perhaps sent, and not known to have ended: what stands under this external id must be looked for. */
export type OpenCreate = Readonly<{ what: 'store' | 'pos'; externalId: string; sinceMs: number }>;

export type KeptSticker = Readonly<{ posId: string; sha256: string; bytes: number }>;

export type PairingRecord = Readonly<{
  account?: Account;
  store?: Store;
  pos?: PointOfSale;
  openCreate?: OpenCreate;
  sticker?: KeptSticker;
  proof?: Proof & Readonly<{ order?: Order; end?: string }>;
  saved?: Readonly<{ userId: string; externalStoreId: string; externalPosId: string; atMs: number }>;
}>;

type Change = (before: PairingRecord, event: never, atMs: number) => PairingRecord;

export function pairingRecord(store: TillStore, network: PairingNetworkId): PairingRecord {
  return store
    .entriesAbout(pairingSubject(network))
    .reduce<PairingRecord>(
      (record, { event, atMs }) => (event.type === 'pairing.step' ? after(record, event.step, atMs) : record),
      {},
    );
}

function after(record: PairingRecord, event: PairingEvent, atMs: number): PairingRecord {
  const change: Change = CHANGES[event.kind];
  return change(record, event as never, atMs);
}

type Of<Kind extends PairingEvent['kind']> = Extract<PairingEvent, { kind: Kind }>;

const CHANGES: {
  [Kind in PairingEvent['kind']]: (record: PairingRecord, event: Of<Kind>, atMs: number) => PairingRecord;
} = {
  account: (record, { account }) => ({ ...record, account }),
  creating: (record, { what, externalId }, atMs) => ({ ...record, openCreate: { what, externalId, sinceMs: atMs } }),
  'not-made': (record, { what, externalId }) => settled(record, what, externalId),
  store: (record, { store }) => ({ ...settled(record, 'store', store.externalId), store }),
  pos: (record, { pos }) => ({ ...settled(record, 'pos', pos.externalId), pos }),
  'amount-fixed': (record) => (record.pos ? { ...record, pos: { ...record.pos, isAmountFixed: true } } : record),
  sticker: (record, { posId, sha256, bytes }) => ({ ...record, sticker: { posId, sha256, bytes } }),
  'proof-asked': (record, { proof }) => ({ ...record, proof }),
  'proof-order': (record, { order }) => (record.proof ? { ...record, proof: { ...record.proof, order } } : record),
  'proof-ended': (record, { end }) => (record.proof ? { ...record, proof: { ...record.proof, end } } : record),
  saved: (record, { userId, externalStoreId, externalPosId }, atMs) => ({
    ...record,
    saved: { userId, externalStoreId, externalPosId, atMs },
  }),
  'sticker-print': (record) => record,
};

function settled(record: PairingRecord, what: OpenCreate['what'], externalId: string | undefined): PairingRecord {
  const { openCreate, ...rest } = record;
  const isThis = openCreate?.what === what && openCreate.externalId === externalId;
  return openCreate && !isThis ? record : rest;
}
