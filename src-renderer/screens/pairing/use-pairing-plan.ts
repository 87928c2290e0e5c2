/** What the technician has chosen so far. It lives as long as the screen; what was begun lives in the till. */
import { useState } from 'react';
import type { PairingLookView, PosView } from '../../../src-main/core/contract/pairing-views.ts';
import type { Address, PairingNetworkId, PairRequest } from '../../../src-main/core/domain/pairing.ts';
import { useAct } from '../../bridge/use-act.ts';
import { useTill } from '../../hooks/use-till.ts';

export const ADDRESS_FIELDS = [
  'name',
  'streetName',
  'streetNumber',
  'cityName',
  'stateName',
  'latitude',
  'longitude',
] as const;
export type AddressField = (typeof ADDRESS_FIELDS)[number];

export type PairingPlan = Readonly<{
  look: PairingLookView | undefined;
  isLooking: boolean;
  isStarting: boolean;
  lookAround: (storeId?: string) => Promise<void>;
  /** Undefined: this till's own, found or made. */
  pos: PosView | undefined;
  choosePos: (pos: PosView | undefined) => void;
  typed: Readonly<Record<AddressField, string>>;
  type: (field: AddressField, text: string) => void;
  /** All that is needed is there. */
  isReady: boolean;
  /** The reason why another till's point of sale is brought here; kept for the next try. */
  reason: string | undefined;
  start: (reason?: string) => Promise<void>;
}>;

export function usePairingPlan(network: PairingNetworkId): PairingPlan {
  const { view } = useTill();
  const looking = useAct('pairing.look');
  const starting = useAct('pairing.start');
  const [look, setLook] = useState<PairingLookView>();
  const [pos, choosePos] = useState<PosView>();
  const [reason, setReason] = useState<string>();
  const [typed, setTyped] = useState(() => ({ ...EMPTY, name: view.shopName }));
  const needsAddress = look !== undefined && look.stores.length === 0;
  const address = addressOf(typed);

  async function lookAround(storeId?: string) {
    const seen = await looking.run({ network, ...(storeId !== undefined && { storeId }) });
    if (!seen) return;
    setLook(seen);
    choosePos(undefined);
    setReason(undefined);
  }

  const store: PairRequest['store'] =
    look?.storeId !== undefined
      ? { id: look.storeId }
      : needsAddress && address
        ? { name: typed.name.trim(), address }
        : {};

  return {
    look,
    isLooking: looking.isBusy,
    isStarting: starting.isBusy,
    lookAround,
    pos,
    choosePos: (chosen) => {
      choosePos(chosen);
      setReason(undefined);
    },
    typed,
    type: (field, text) => setTyped((before) => ({ ...before, [field]: text })),
    isReady: look?.storeId !== undefined || (needsAddress && address !== undefined),
    reason,
    async start(said = reason) {
      setReason(said);
      await starting.run({
        network,
        store,
        pos: pos?.externalId === undefined ? {} : { externalId: pos.externalId },
        ...(said !== undefined && { takeOver: { reason: said } }),
      });
    },
  };
}

const EMPTY: Readonly<Record<AddressField, string>> = {
  name: '',
  streetName: '',
  streetNumber: '',
  cityName: '',
  stateName: '',
  latitude: '',
  longitude: '',
};

/** Undefined while something is missing or is no place on earth. */
function addressOf(typed: Readonly<Record<AddressField, string>>): Address | undefined {
  const { name, streetName, streetNumber, cityName, stateName } = typed;
  const texts = [name, streetName, streetNumber, cityName, stateName].map((text) => text.trim());
  const latitude = degrees(typed.latitude, 90);
  const longitude = degrees(typed.longitude, 180);
  if (texts.some((text) => text === '') || latitude === undefined || longitude === undefined) return undefined;
  const [, street = '', number = '', city = '', state = ''] = texts;
  return { streetName: street, streetNumber: number, cityName: city, stateName: state, latitude, longitude };
}

function degrees(text: string, most: number): number | undefined {
  const plain = text.trim().replace(',', '.');
  if (!/^-?\d{1,3}(\.\d{1,8})?$/.test(plain)) return undefined;
  const value = Number(plain);
  return Math.abs(value) <= most ? value : undefined;
}
