/** Pairing as the technician's screen and the command line show it. */
import type { Look } from '../../core/application/pairing/pairing.ts';
import type { Paired } from '../../core/application/pairing/steps.ts';
import type { Till } from '../../core/application/till.ts';
import { requireSettings } from '../../core/application/till-parts.ts';
import type {
  PairedView,
  PairingLookView,
  PairingView,
  PosView,
  StickerView,
} from '../../core/contract/pairing-views.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { fault } from '../../core/domain/fault.ts';
import { isOfTill } from '../../core/domain/pairing.ts';
import type { PairingNetworkId, PointOfSale } from '../../core/domain/pairing.ts';
import type { Result } from '../../core/domain/result.ts';
import { err, ok } from '../../core/domain/result.ts';

export function pairingView(till: Till, network: PairingNetworkId): Result<PairingView, Fault> {
  const { pairing, context } = till;
  const settings = requireSettings(context);
  if (!settings.ok) return settings;
  const own = settings.value.networks[network];
  if (!own) return err(fault('network.not-configured', `the settings have no network ${network}`, { network }));
  const { account, store, pos, sticker, saved } = pairing.record(network);
  const { isRunning, steps, fault: problem } = pairing.progress(network);
  const { baseUrl, country, mode, tokenSecret } = own;
  return ok({
    network,
    baseUrl,
    country,
    mode,
    tokenSecret,
    hasToken: pairing.hasToken(network),
    isRunning,
    steps,
    ...(problem && { fault: problem }),
    ...(account && { account }),
    ...(store && { store }),
    ...(pos && { pos: posView(till, network, pos, store?.externalId) }),
    ...(sticker && sticker.posId === pos?.id && { stickerSha256: sticker.sha256 }),
    ...(saved && { savedAtMs: saved.atMs }),
  });
}

export function pairingLookView(till: Till, network: PairingNetworkId, look: Look): PairingLookView {
  const { account, stores, store, wantedStoreId, pointsOfSale, pos, wantedPosId } = look;
  return {
    account,
    stores,
    ...(store && { storeId: store.id }),
    wantedStoreId,
    pointsOfSale: pointsOfSale.map((each) => posView(till, network, each, store?.externalId)),
    ...(pos && { posId: pos.id }),
    wantedPosId,
  };
}

export function pairedView(till: Till, network: PairingNetworkId, paired: Paired): PairedView {
  const { account, store, pos, stickerSha256, proof, settings } = paired;
  return {
    network,
    userId: account.userId,
    country: settings.networks[network]?.country ?? 'MX',
    store,
    pos: posView(till, network, pos, store.externalId),
    ...(stickerSha256 !== undefined && { stickerSha256 }),
    proof,
  };
}

function posView(
  till: Till,
  network: PairingNetworkId,
  { id, name, externalId, isAmountFixed, storeId }: PointOfSale,
  externalStoreId: string | undefined,
): PosView {
  const tillId = till.context.store.settings()?.tillId ?? '';
  const saved = till.pairing.record(network).saved;
  const isOfThisTill =
    externalId !== undefined &&
    (isOfTill(externalId, externalStoreId ?? `S${storeId}`, tillId) || saved?.externalPosId === externalId);
  return { id, name, ...(externalId !== undefined && { externalId }), isAmountFixed, isOfThisTill };
}

export function stickerView(picture: Uint8Array | undefined): StickerView {
  return picture ? { picture: `data:image/png;base64,${Buffer.from(picture).toString('base64')}` } : {};
}
