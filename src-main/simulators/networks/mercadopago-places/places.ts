/** Stores and points of sale as the network keeps them. */
import type { Country } from '../mercadopago-orders/countries.ts';

export type StoreLocation = Readonly<Record<string, string | number>>;

export type Store = {
  readonly id: number;
  readonly userId: string;
  readonly createdAtMs: number;
  /** Searches find it from this time on. */
  readonly visibleFromMs: number;
  name: string;
  externalId: string | undefined;
  businessHours: Readonly<Record<string, unknown>> | undefined;
  location: StoreLocation;
};

export type PointOfSale = {
  readonly id: number;
  readonly uuid: string;
  readonly userId: string;
  readonly country: Country;
  readonly createdAtMs: number;
  readonly visibleFromMs: number;
  updatedAtMs: number;
  name: string;
  isAmountFixed: boolean;
  category: number | undefined;
  url: string | undefined;
  storeId: number;
  externalId: string;
};

/** What identifies Mercado Pago's sites, and where their stores lie: south, north, west, east. */
export const SITES = {
  AR: { siteId: 'MLA', bounds: [-55.1, -21.7, -73.6, -53.6], categories: [621102, 473000] },
  BR: { siteId: 'MLB', bounds: [-33.8, 5.3, -74, -34.7], categories: [5611203, 4731300] },
  MX: { siteId: 'MLM', bounds: [14.5, 32.8, -118.5, -86.7], categories: [5812, 468419] },
  CL: { siteId: 'MLC', bounds: [-56, -17.4, -109.5, -66.4], categories: [561000, 473001] },
  UY: { siteId: 'MLU', bounds: [-35.1, -30, -58.5, -53], categories: [56101, 47300] },
} as const satisfies Record<
  Country,
  { siteId: string; bounds: readonly [number, number, number, number]; categories: readonly number[] }
>;
