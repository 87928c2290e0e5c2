/** Payouts over both brands: one create, one end, notes in its place only when it has failed, whichever call to the world goes wrong. */
import { testPayoutLoops } from './loops/loop-tests.ts';

testPayoutLoops();
