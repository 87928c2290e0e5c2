/** The same loops over the in-store network, which knows no idempotency keys and wants to be told of notes that were given. */
import { testLoops } from './loops/loop-tests.ts';

testLoops('mercadopago-instore');
