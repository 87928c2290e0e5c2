/** Views of pairing as a till would send them. */
import type { PairingLookView, PairingView } from '../../../../src-main/core/contract/pairing-views.ts';
import { PAIRING_STEPS } from '../../../../src-main/core/domain/pairing.ts';
import type { PairingStepName } from '../../../../src-main/core/domain/pairing.ts';

const PAIRING_STEPS_WAITING: PairingView['steps'] = PAIRING_STEPS.map((step) => ({
  step,
  state: 'waiting',
  detail: '',
}));

export function pairingView(over: Partial<PairingView> = {}): PairingView {
  return {
    network: 'mercadopago-orders',
    baseUrl: 'https://api.mercadopago.com',
    country: 'MX',
    mode: 'dynamic',
    tokenSecret: 'mercadopago-token',
    hasToken: true,
    isRunning: false,
    steps: PAIRING_STEPS_WAITING,
    ...over,
  };
}

/** Steps up to this one done, and this one in the state. */
export function pairingSteps(until: PairingStepName, state: 'doing' | 'failed' | 'done'): PairingView['steps'] {
  const place = PAIRING_STEPS.indexOf(until);
  return PAIRING_STEPS.map((step, index) => ({
    step,
    state: index < place ? 'done' : index === place ? state : 'waiting',
    detail: '',
  }));
}

const STORE = {
  id: '41230001',
  name: 'Sucursal Centro',
  externalId: 'SUC01',
  address: 'Avenida Juárez 120, Puebla, Puebla',
};
const OWN_POS = { id: '81450001', name: 'CAJA03', externalId: 'SUC01CAJA03', isAmountFixed: true, isOfThisTill: true };

export const PAIRED: Partial<PairingView> = {
  account: { userId: '700100200', siteId: 'MLM', country: 'MX', nickname: 'LAESPERANZA' },
  store: STORE,
  pos: OWN_POS,
  stickerSha256: 'b99e68df3c066c24de29a96528847f99d16d9a1872c123225d712fd960defa5b',
};

export function pairingLookView(over: Partial<PairingLookView> = {}): PairingLookView {
  return {
    account: { userId: '700100200', siteId: 'MLM', country: 'MX' },
    stores: [STORE, { id: '41230077', name: 'Sucursal Angelópolis', externalId: 'SUC02' }],
    storeId: STORE.id,
    wantedStoreId: 'SUC01',
    pointsOfSale: [
      { id: '81450090', name: 'CAJA01', externalId: 'SUC01CAJA01', isAmountFixed: true, isOfThisTill: false },
      { id: '81450091', name: 'CAJA02', externalId: 'SUC01CAJA02', isAmountFixed: true, isOfThisTill: false },
    ],
    wantedPosId: 'SUC01CAJA03',
    ...over,
  };
}
