/** All networks that there are. */
import { INSTORE_UNDER_TEST } from './instore-under-test.ts';
import type { NetworkUnderTest } from './network-under-test.ts';
import { ORDERS_UNDER_TEST } from './orders-under-test.ts';
import { ONEKEY_UNDER_TEST, TUPAY_UNDER_TEST } from './payouts-under-test.ts';

export const NETWORKS_UNDER_TEST: readonly NetworkUnderTest[] = [
  ORDERS_UNDER_TEST,
  INSTORE_UNDER_TEST,
  TUPAY_UNDER_TEST,
  ONEKEY_UNDER_TEST,
];
