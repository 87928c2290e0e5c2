/** A till's view of a payout network under test: terms, settings of both brands, and the adapter pointed at a base URL. */
import { readFileSync } from 'node:fs';
import { createD24 } from '../../../../src-main/adapters/networks/d24/d24.ts';
import type { D24Options } from '../../../../src-main/adapters/networks/d24/d24.ts';
import type {
  PayoutDelivery,
  PayoutKey,
  PayoutNetwork,
  PayoutReading,
} from '../../../../src-main/core/application/ports/payout-network.ts';
import type { FrozenRequest } from '../../../../src-main/core/domain/command.ts';
import type { PayoutNetworkSettings } from '../../../../src-main/core/domain/payouts/payout-settings.ts';
import type { PayoutTerms } from '../../../../src-main/core/domain/payouts/payout.ts';
import type { Result } from '../../../../src-main/core/domain/result.ts';
import { SOUND_FORMS } from '../../../unit/domain/payouts/sound-forms.ts';
import { countingIds, machineClock } from '../machine.ts';

export const SECRETS = {
  login: 'cashout_login',
  pass: 'cashout_pass',
  signatureKey: 'cashout_secret_key',
  readOnlyKey: 'read_only_key_1',
  listUser: 'till@example.com',
  listPassword: 'list-password-1',
};

export const TERMS: PayoutTerms = {
  id: '01K9ZZ7H4Q2V8D000000000011',
  network: 'tupay',
  externalId: 'T0720250301000412',
  country: 'PE',
  method: 'pe-bank',
  currency: 'PEN',
  amountMinor: 250_50,
  beneficiary: SOUND_FORMS['pe-bank'],
  onHold: false,
  shiftId: 's1',
  cashierCode: 7,
  cashierName: 'Rosa',
  requestedAtMs: 1_763_737_200_000,
};

export const KEY: PayoutKey = { externalId: TERMS.externalId, cashoutId: '8405147' };

export const SETTINGS: PayoutNetworkSettings = {
  baseUrl: 'https://api-stg.tupayonline.com',
  countries: ['PE', 'BR', 'MX', 'CO', 'CL', 'AR', 'EC'],
  loginSecret: 'payout-login',
  passSecret: 'payout-pass',
  signatureSecret: 'payout-signature',
  readOnlySecret: 'payout-read-only',
  listUserSecret: 'payout-list-user',
  listPasswordSecret: 'payout-list-password',
};

export function network(
  settings: Partial<PayoutNetworkSettings> = {},
  options: Partial<Omit<D24Options, 'settings'>> = {},
): PayoutNetwork {
  return createD24({
    brand: 'onekey',
    settings: { ...SETTINGS, ...settings },
    secrets: () => SECRETS,
    clock: machineClock,
    ids: countingIds(),
    version: '0.1.0',
    ...options,
  });
}

/** The value of a preparation that must be possible. */
export function prepared(result: Result<FrozenRequest, { code: string; detail: string }>): FrozenRequest {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
  return result.value;
}

export type CommandName = 'create' | 'cancel' | 'hold' | 'release';
export const COMMANDS: readonly CommandName[] = ['create', 'cancel', 'hold', 'release'];

export function requestFor(till: PayoutNetwork, command: CommandName, key = KEY, terms = TERMS): FrozenRequest {
  const requests = {
    create: () => till.prepareCreate(terms),
    cancel: () => till.prepareCancel(key),
    hold: () => till.prepareHold(key),
    release: () => till.prepareRelease(key),
  };
  return prepared(requests[command]());
}

export function send(till: PayoutNetwork, command: CommandName): Promise<PayoutDelivery> {
  return till.deliver({ request: requestFor(till, command), terms: TERMS });
}

export function fixture(path: string): string {
  return readFileSync(new URL(`../../../fixtures/d24/${path}`, import.meta.url), 'utf8');
}

export type Outcome = PayoutDelivery | PayoutReading;
