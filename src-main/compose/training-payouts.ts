/** The simulated payout networks of training mode (I10): both brands in this very process, with banks that pay within seconds. */
import type { D24Secrets } from '../adapters/networks/d24/signed-line.ts';
import type { Clock } from '../core/application/ports/system.ts';
import { PAYOUT_NETWORK_IDS } from '../core/domain/payouts/payout.ts';
import type { PayoutNetworkId } from '../core/domain/payouts/payout.ts';
import type { Country } from '../simulators/networks/d24/countries.ts';
import { createD24Engine } from '../simulators/networks/d24/engine.ts';
import type { D24Engine } from '../simulators/networks/d24/engine.ts';
import { createD24Server } from '../simulators/networks/d24/server.ts';
import { HELPFUL_BANKS } from '../simulators/networks/d24/settings.ts';

export type TrainingPayouts = Readonly<{
  engines: Readonly<Record<PayoutNetworkId, D24Engine>>;
  lines: Readonly<Record<PayoutNetworkId, Readonly<{ baseUrl: string; secrets: D24Secrets }>>>;
  setNetwork(state: 'up' | 'down'): void;
  close(): Promise<void>;
}>;

/** OneKey pays to Mexico too here: only a payout in the drawer's own currency can be replaced by notes. */
const COUNTRIES: Readonly<Record<PayoutNetworkId, readonly Country[]>> = { tupay: ['PE'], onekey: ['MX', 'BR'] };

/** For the settings file: addresses are filled in when the networks are made. */
export const TRAINING_PAYOUT_NETWORKS = {
  tupay: {
    baseUrl: 'http://127.0.0.1',
    listBaseUrl: 'http://127.0.0.1',
    readOnlySecret: 'tupay-read-only',
    limits: { PEN: { min: '10', max: '3000' }, USD: { min: '5', max: '800' } },
  },
  onekey: {
    baseUrl: 'http://127.0.0.1',
    countries: [...COUNTRIES.onekey],
    readOnlySecret: 'onekey-read-only',
    limits: {
      MXN: { min: '50', max: '10000', releaseAbove: '5000' },
      BRL: { min: '10', max: '3000', releaseAbove: '1500' },
    },
  },
};

export async function openTrainingPayouts(clock: Clock, seed: number): Promise<TrainingPayouts> {
  const engineOf = (brand: PayoutNetworkId): D24Engine =>
    createD24Engine({
      brand,
      seed,
      nowMs: () => clock.nowMs(),
      settings: { banks: HELPFUL_BANKS, countries: COUNTRIES[brand] },
    });
  const engines = { tupay: engineOf('tupay'), onekey: engineOf('onekey') };
  const servers = {
    tupay: await createD24Server(engines.tupay, { port: 0 }),
    onekey: await createD24Server(engines.onekey, { port: 0 }),
  };
  const lineOf = (brand: PayoutNetworkId) => ({ baseUrl: servers[brand].baseUrl, secrets: secretsOf(engines[brand]) });
  return {
    engines,
    lines: { tupay: lineOf('tupay'), onekey: lineOf('onekey') },
    setNetwork: (state) => PAYOUT_NETWORK_IDS.forEach((brand) => engines[brand].setNetwork(state)),
    async close() {
      await servers.tupay.close();
      await servers.onekey.close();
    },
  };
}

function secretsOf({ settings }: D24Engine): D24Secrets {
  const { login, pass, signature, readOnlyKey, merchantsAccessKey, merchantsSecretKey } = settings;
  return {
    login,
    pass,
    signatureKey: signature,
    readOnlyKey,
    listUser: merchantsAccessKey,
    listPassword: merchantsSecretKey,
  };
}
