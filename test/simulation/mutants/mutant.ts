/**
 * A planted bug: a patch of behaviour at one of the seams that every till is made of. The simulation must find each one; a mutant that
 * nobody finds means that the simulation is blind there.
 */
import type { Exchange } from '../../../src-main/adapters/networks/http/exchange.ts';
import type { SqliteDatabase } from '../../../src-main/adapters/storage/database.ts';
import type { CashDrawer } from '../../../src-main/core/application/ports/cash-drawer.ts';
import type { PaymentNetwork } from '../../../src-main/core/application/ports/payment-network.ts';
import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';
import type { Till } from '../../../src-main/core/application/till.ts';
import type { NetworkId } from '../../../src-main/core/domain/network.ts';
import type { StormName } from '../storms.ts';

export type Mutant = Readonly<{
  /** What this till does wrong, as a sentence. */
  bug: string;
  /** Tried from seed 1 on until it is found: many enough for the share of shops that find it, which `npm run planted` measures. */
  shops: number;
  /** In each shop: where it is found at once, or only at the end, small shops are the quicker ones. */
  cashOuts: number;
  /** A rougher storm than usual, for what is seldom in the usual one. */
  storm?: StormName;
  network: Extract<NetworkId, 'mercadopago-orders' | 'mercadopago-instore'>;
  /** What the breach must be about: an invariant's number. */
  breaks: RegExp;
  /** Made anew for every shop: a mutant may remember. */
  patch: () => Patch;
}>;

/** Each answers what stands in the place of the part that it is given. */
export type Patch = Readonly<{
  store?: (store: TillStore, db: SqliteDatabase) => TillStore;
  network?: (network: PaymentNetwork) => PaymentNetwork;
  exchange?: (exchange: Exchange) => Exchange;
  drawer?: (drawer: CashDrawer) => CashDrawer;
  till?: (till: Till) => Till;
  /** What the disk holds when the power has gone: the same database, or another. */
  afterCrash?: (db: SqliteDatabase) => SqliteDatabase;
}>;
