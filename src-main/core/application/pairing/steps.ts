/**
 * The steps of pairing, in order. Each finds what is there before it makes anything, so that all of them may be repeated at will: after a
 * fault, a crash or years, running them again goes on where things stand and makes nothing twice.
 */
import { canonical } from '../../domain/canonical.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import { isOfTill, usualPosId, usualStoreId } from '../../domain/pairing.ts';
import type { Account, PairingEvent, PointOfSale, Store } from '../../domain/pairing.ts';
import { err, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { Settings } from '../../domain/settings.ts';
import { forgiveBlocks } from '../syncing/network-health.ts';
import { findPlace, makePlace } from './make-place.ts';
import type { Kind } from './make-place.ts';
import { pairingRecord } from './pairing-record.ts';
import type { PairingRecord } from './pairing-record.ts';
import { prove } from './prove.ts';
import { faultOf, needed, persist, save } from './run.ts';
import type { Run } from './run.ts';

/** What a paired till is. */
export type Paired = Readonly<{
  account: Account;
  store: Store;
  pos: PointOfSale;
  /** The kept picture; absent where the network gives none. */
  stickerSha256?: string;
  proof: string;
  settings: Settings;
}>;

export async function takeSteps(run: Run): Promise<Result<Paired, Fault>> {
  const account = await checkAccount(run);
  if (!account.ok) return account;
  const store = await settleStore(run, account.value);
  if (!store.ok) return store;
  const pos = await settlePos(run, store.value);
  if (!pos.ok) return pos;
  const fixed = await settleAmount(run, pos.value);
  if (!fixed.ok) return fixed;
  const stickerSha256 = await keepSticker(run, fixed.value);
  if (!stickerSha256.ok) return stickerSha256;
  const settings = pairedSettings(run, account.value, store.value, fixed.value);
  if (!settings.ok) return settings;
  run.report('proof', 'doing', '');
  const proof = await prove(run, settings.value, recordOf(run));
  if (!proof.ok) return proof;
  run.report('proof', 'done', proof.value);
  const saved = saveSettings(run, settings.value, account.value, store.value, fixed.value);
  if (!saved.ok) return saved;
  const sticker = stickerSha256.value === undefined ? {} : { stickerSha256: stickerSha256.value };
  return ok({
    account: account.value,
    store: store.value,
    pos: fixed.value,
    ...sticker,
    proof: proof.value,
    settings: settings.value,
  });
}

export async function checkAccount(run: Run): Promise<Result<Account, Fault>> {
  run.report('account', 'doing', '');
  const answer = needed(run, 'account', await persist(run, () => run.wire.account()));
  if (!answer.ok) return answer;
  const { value: account, evidence } = answer.value;
  const problem = wrongAccount(run, account);
  if (problem) return err(problem);
  if (run.isDry !== true && !isSame(recordOf(run).account, account)) save(run, { kind: 'account', account, evidence });
  run.report('account', 'done', `${account.userId}, ${account.country ?? account.siteId}`);
  return ok(account);
}

function wrongAccount({ own, settings, tokenSecret, request }: Run, account: Account): Fault | undefined {
  if (account.country !== own.country) {
    const theirs = account.country ?? account.siteId;
    return fault(
      'pairing.wrong-country',
      `the account of "${tokenSecret}" is in ${theirs}, the settings of this till say ${own.country}`,
      { account: theirs, settings: own.country },
    );
  }
  const isKnown = own.userId !== undefined && own.userId !== account.userId;
  if (!isKnown) return undefined;
  const words = `"${tokenSecret}" is the token of account ${account.userId}, the settings of ${settings.tillId} name ${own.userId}`;
  return fault('pairing.wrong-account', words, {
    account: account.userId,
    settings: own.userId ?? '',
    network: request.network,
  });
}

export async function settleStore(run: Run, account: Account): Promise<Result<Store, Fault>> {
  run.report('store', 'doing', '');
  const { wire, request } = run;
  const { userId } = account;
  const kind: Kind<Store> = {
    what: 'store',
    words: (externalId) => `store ${externalId}`,
    search: (externalId) => wire.stores(userId, externalId),
    externalIdOf: ({ externalId }) => externalId,
  };
  const { id } = request.store;
  if (id !== undefined) return storeByNumber(run, userId, id);
  const externalId = wantedStoreId(run);
  const found = await findPlace(run, kind, externalId, recordOf(run).openCreate);
  if (!found.ok) return found;
  if (found.value) return ok(keepStore(run, found.value.thing, found.value));
  const { name = run.settings.shopName, address } = request.store;
  if (!address) {
    const words = `the account has no store with the external id ${externalId}; to make it, its address is needed`;
    return err(fault('pairing.store-missing', words, { externalId }));
  }
  const made = await makePlace(run, kind, externalId, () => wire.createStore(userId, { name, externalId, address }));
  return made.ok ? ok(keepStore(run, made.value.thing, made.value)) : made;
}

async function storeByNumber(run: Run, userId: string, id: string): Promise<Result<Store, Fault>> {
  const listed = needed(run, 'stores', await persist(run, () => run.wire.stores(userId)));
  if (!listed.ok) return listed;
  const { value, evidence } = listed.value;
  const store = value.find((candidate) => candidate.id === id);
  if (!store) return err(fault('pairing.store-missing', `the account has no store number ${id}`, { externalId: id }));
  return ok(keepStore(run, store, { how: 'found', evidence }));
}

function keepStore(
  run: Run,
  store: Store,
  { how, evidence }: Pick<Extract<PairingEvent, { kind: 'store' }>, 'how' | 'evidence'>,
): Store {
  const record = recordOf(run);
  if (record.openCreate || !isSame(record.store, store)) save(run, { kind: 'store', store, how, evidence });
  run.report('store', 'done', `${store.name} (${store.externalId ?? store.id}), ${how}`);
  return store;
}

/** Asked for, else where this till stands already, else the shop's usual one. */
export function wantedStoreId({
  request,
  own,
  settings,
  till,
}: Pick<Run, 'request' | 'own' | 'settings' | 'till'>): string {
  const saved = pairingRecord(till.store, request.network).saved;
  return request.store.externalId ?? saved?.externalStoreId ?? own.externalStoreId ?? usualStoreId(settings.shopName);
}

export function wantedPosId(run: Pick<Run, 'request' | 'settings' | 'till'>, store: Store): string {
  const { saved } = pairingRecord(run.till.store, run.request.network);
  const isHere = saved?.externalStoreId === store.externalId;
  const kept = isHere ? saved?.externalPosId : undefined;
  return run.request.pos.externalId ?? kept ?? usualPosId(store.externalId ?? `S${store.id}`, run.settings.tillId);
}

export async function settlePos(run: Run, store: Store): Promise<Result<PointOfSale, Fault>> {
  run.report('pos', 'doing', '');
  const { wire, request, settings } = run;
  const externalId = wantedPosId(run, store);
  const kind: Kind<PointOfSale> = {
    what: 'pos',
    words: (id) => `point of sale ${id}`,
    search: (id) => wire.pointsOfSale({ externalId: id }),
    externalIdOf: (pos) => pos.externalId,
  };
  const taken = refuseForeign(run, store, externalId);
  if (taken) return err(taken);
  const found = await findPlace(run, kind, externalId, recordOf(run).openCreate);
  if (!found.ok) return found;
  if (found.value) {
    const { thing } = found.value;
    if (thing.storeId !== store.id && !request.takeOver) return err(elsewhere(thing, store));
    const how = isForeign(run, store, externalId) ? 'taken-over' : found.value.how;
    return ok(keepPos(run, thing, { how, evidence: found.value.evidence }));
  }
  const name = request.pos.name ?? settings.tillId;
  const twin = await namesake(run, store, name);
  if (!twin.ok) return twin;
  const made = await makePlace(run, kind, externalId, () =>
    wire.createPointOfSale({ name, externalId, storeId: store.id }),
  );
  return made.ok ? ok(keepPos(run, made.value.thing, made.value)) : made;
}

function keepPos(
  run: Run,
  pos: PointOfSale,
  { how, evidence }: Pick<Extract<PairingEvent, { kind: 'pos' }>, 'how' | 'evidence'>,
): PointOfSale {
  const record = recordOf(run);
  const reason = how === 'taken-over' ? run.request.takeOver?.reason : undefined;
  if (record.openCreate || !isSame(record.pos, pos))
    save(run, { kind: 'pos', pos, how, evidence, ...(reason !== undefined && { reason }) });
  run.report('pos', 'done', `${pos.name} (${pos.externalId ?? pos.id}), ${how}`);
  return pos;
}

/** One point of sale belongs to one till, and its sticker to one network at a time. */
function refuseForeign(run: Run, store: Store, externalPosId: string): Fault | undefined {
  const { request, settings, own } = run;
  if (request.takeOver) return undefined;
  const values = { externalPosId, till: settings.tillId };
  if (isForeign(run, store, externalPosId)) {
    const words = `point of sale ${externalPosId} carries another till's sign, not that of ${settings.tillId}; to move it here, say so`;
    return fault('pairing.pos-taken', words, values);
  }
  const other = Object.entries(settings.networks).find(
    ([id, network]) =>
      id !== request.network &&
      'externalPosId' in network &&
      network.externalPosId === externalPosId &&
      network.mode !== 'dynamic',
  );
  if (!other || own.mode === 'dynamic') return undefined;
  const words = `${other[0]} of this till puts its orders on the sticker of ${externalPosId} too; one would replace the other`;
  return fault('pairing.pos-taken', words, values);
}

/** Not of this till by its sign, and not one that this till has been paired with before. */
function isForeign({ till, settings, request }: Run, store: Store, externalPosId: string): boolean {
  if (isOfTill(externalPosId, store.externalId ?? `S${store.id}`, settings.tillId)) return false;
  return pairingRecord(till.store, request.network).saved?.externalPosId !== externalPosId;
}

function elsewhere(pos: PointOfSale, store: Store): Fault {
  const words = `point of sale ${pos.externalId ?? pos.id} stands in store number ${pos.storeId}, not in ${store.name} (${store.id})`;
  return fault('pairing.pos-taken', words, { externalPosId: pos.externalId ?? pos.id });
}

/** This till's name under another external id: a second point of sale of one name would confuse the panel, and people. */
async function namesake(run: Run, store: Store, name: string): Promise<Result<undefined, Fault>> {
  if (run.request.takeOver) return ok(undefined);
  const step = `points of sale of ${store.name}`;
  const listed = needed(run, step, await persist(run, () => run.wire.pointsOfSale({ storeId: store.id })));
  if (!listed.ok) return listed;
  const twin = listed.value.value.find((pos) => pos.name.toLowerCase() === name.toLowerCase());
  if (!twin) return ok(undefined);
  const words = `${store.name} has a point of sale named ${name} already, under the external id ${twin.externalId ?? 'none'}; choose that one, or another name`;
  return err(fault('pairing.pos-taken', words, { externalPosId: twin.externalId ?? twin.id }));
}

/** Without a fixed amount the customer would type it, and orders of the till would be refused. */
async function settleAmount(run: Run, pos: PointOfSale): Promise<Result<PointOfSale, Fault>> {
  run.report('amount', 'doing', '');
  if (pos.isAmountFixed) {
    run.report('amount', 'done', 'the till says the amount');
    return ok(pos);
  }
  const answer = await persist(run, () => run.wire.fixAmount(pos.id));
  if (answer.kind !== 'answered') return err(faultOf(run, 'fixed amount', answer));
  if (!answer.value.isAmountFixed)
    return err(fault('pairing.refused', 'fixed amount: the network left it as it was', { code: 'fixed_amount' }));
  save(run, { kind: 'amount-fixed', posId: pos.id, evidence: answer.evidence });
  run.report('amount', 'done', 'repaired: the till says the amount');
  return ok({ ...pos, isAmountFixed: true });
}

/** A till that shows its own codes can do without the sticker; one that works with it cannot. */
async function keepSticker(run: Run, pos: PointOfSale): Promise<Result<string | undefined, Fault>> {
  run.report('sticker', 'doing', '');
  const kept = recordOf(run).sticker;
  if (kept?.posId === pos.id && run.pictures.read(kept.sha256)) {
    run.report('sticker', 'done', 'kept already');
    return ok(kept.sha256);
  }
  const { stickerUrl } = pos;
  const answer =
    stickerUrl === undefined
      ? ({ kind: 'refused', code: 'no-sticker', detail: 'the network names no picture' } as const)
      : await persist(run, () => run.wire.sticker(stickerUrl));
  if (answer.kind === 'answered') {
    const sha256 = run.pictures.keep(answer.value);
    save(run, { kind: 'sticker', posId: pos.id, sha256, bytes: answer.value.length });
    run.report('sticker', 'done', `kept, ${answer.value.length} bytes`);
    return ok(sha256);
  }
  const problem = faultOf(run, 'sticker', answer);
  if (run.own.mode !== 'dynamic') return err(problem);
  run.report('sticker', 'done', `none: ${problem.detail}`);
  return ok(undefined);
}

function pairedSettings(
  { settings, own, tokenSecret, request }: Run,
  account: Account,
  store: Store,
  pos: PointOfSale,
): Result<Settings, Fault> {
  if (pos.externalId === undefined)
    return err(fault('pairing.refused', `point of sale ${pos.id} has no external id`, { code: 'external_id' }));
  const { externalStoreId: _before, ...rest } = own;
  const paired = {
    ...rest,
    userId: account.userId,
    ...(store.externalId !== undefined && { externalStoreId: store.externalId }),
    externalPosId: pos.externalId,
    tokenSecret,
  };
  return ok({ ...settings, networks: { ...settings.networks, [request.network]: paired } });
}

/** Settings and the word that they were saved are one commit. */
function saveSettings(
  run: Run,
  settings: Settings,
  account: Account,
  store: Store,
  pos: PointOfSale,
): Result<undefined, Fault> {
  const { till, request } = run;
  run.report('settings', 'doing', '');
  const { network } = request;
  const now = till.store.settings();
  // Somebody may have changed language or limits meanwhile: only this network's part is ours.
  const merged = now && { ...now, networks: { ...now.networks, [network]: settings.networks[network] } };
  if (!merged) return err(fault('settings.missing', 'the settings are gone'));
  const step: PairingEvent = {
    kind: 'saved',
    userId: account.userId,
    externalStoreId: store.externalId ?? '',
    externalPosId: pos.externalId ?? '',
  };
  const isNew = canonical(now) !== canonical(merged);
  till.store.commit([
    ...(isNew ? [{ type: 'settings.changed', v: 1, settings: merged, source: 'pairing' } as const] : []),
    ...forgiveBlocks(till),
    { type: 'pairing.step', v: 1, network, step },
  ]);
  run.report('settings', 'done', isNew ? 'saved' : 'as they were');
  return ok(undefined);
}

function recordOf({ till, request }: Run): PairingRecord {
  return pairingRecord(till.store, request.network);
}

function isSame(left: unknown, right: unknown): boolean {
  return left !== undefined && canonical(left) === canonical(right);
}
