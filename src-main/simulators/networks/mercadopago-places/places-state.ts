/** What the operations on stores and points of sale need of a network's state and of one request: every Mercado Pago simulator has it. */
import type { SeededRandom } from '../../seeded-random.ts';
import type { CallBody } from '../call-body.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../exchange.ts';
import type { Country } from '../mercadopago-orders/countries.ts';
import type { PointOfSale, Store } from './places.ts';
import { refuse } from './refusals.ts';
import type { ErrorShape, Problem } from './refusals.ts';

export type PlaceSettings = Readonly<{
  country: Country;
  /** `{error, causes}` or `{code, cause}`. */
  errorShape: ErrorShape;
  /** Documents say 200, the OpenAPI file 201. */
  createdStatus: 200 | 201;
  storeDateName: 'date_created' | 'date_creation';
  /** `qr{image, …}`, or flat `qr_code` and `qr_code_image`. */
  posShape: 'nested' | 'flat';
  /** One sample answer has a POS without a fixed amount; the error list refuses it. */
  acceptsFreeAmountPos: boolean;
  /** The error text allows letters and digits; newer text also `-` and `_`. */
  posExternalIdAllows: 'letters-digits' | 'dashes-too';
  /** The country's catalogue of places; `any` takes every text. */
  knownPlaces: readonly Readonly<{ state: string; city: string }>[] | 'any';
  merchantName: string;
}>;

export const USUAL_PLACE_RULES: Omit<PlaceSettings, 'country' | 'merchantName'> = {
  errorShape: 'error-causes',
  createdStatus: 201,
  storeDateName: 'date_created',
  posShape: 'nested',
  acceptsFreeAmountPos: false,
  posExternalIdAllows: 'letters-digits',
  knownPlaces: 'any',
};

/** Ids of places are whole numbers that grow with time. */
export type PlaceNumbers = Record<'store' | 'pos', number>;

export const FIRST_PLACE_NUMBERS: Readonly<PlaceNumbers> = { store: 41_230_000, pos: 81_450_000 };

export type PlacesState = Readonly<{
  settings: PlaceSettings;
  stores: Map<number, Store>;
  pointsOfSale: Map<number, PointOfSale>;
  lastNumbers: PlaceNumbers;
  random: Readonly<{ ids: SeededRandom }>;
}>;

export type PlaceTurn = Readonly<{
  call: Readonly<{ request: SimulatedRequest; body: CallBody; parts: Readonly<{ userId?: string; id?: string }> }>;
  userId: string;
  nowMs: number;
  chosen: Readonly<{ fault: string; afterMs?: number }> | undefined;
}>;

export type PlaceDone = Readonly<{ answer: SimulatedAnswer }>;

export function refusal({ settings }: PlacesState, { code, message }: Problem): SimulatedAnswer {
  return refuse(settings.errorShape, code, message);
}

/** The next number of its kind: others' things lie between two of ours. */
export function nextNumber(last: PlaceNumbers, thing: keyof PlaceNumbers, random: SeededRandom): number {
  last[thing] += random.between(1, 97);
  return last[thing];
}
