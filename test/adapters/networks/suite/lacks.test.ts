/** What a network cannot do is data: the core and the screens ask its traits, and never its name. */
import { expect, test } from 'vitest';
import { NETWORK_IDS } from '../../../../src-main/core/domain/network.ts';
import { operationsOf } from './network-under-test.ts';
import { NETWORKS_UNDER_TEST } from './networks-under-test.ts';

test('every network that there is stands in the suite', () => {
  expect(NETWORKS_UNDER_TEST.map(({ id }) => id)).toEqual(NETWORK_IDS);
});

test.each(NETWORKS_UNDER_TEST.map((network) => [network.id, network] as const))(
  '%s either has an operation of its port or says that it has not',
  (_id, network) => {
    const has = network.calls.map(({ operation }) => operation);
    const lacks = network.lacks.flatMap(({ operation }) => operation ?? []);
    expect(lacks.filter((operation) => has.includes(operation))).toEqual([]);
    expect(new Set([...has, ...lacks])).toEqual(new Set(operationsOf(network)));
  },
);

const LACKS = NETWORKS_UNDER_TEST.flatMap(({ id, lacks }) =>
  lacks.map((lack) => [`${id} has not ${lack.words}: its traits say so, and asking comes to nothing`, lack] as const),
);

test.each(LACKS)('%s', async (_sentence, { isStated, ask, answer }) => {
  expect(isStated).toBe(true);
  expect(await ask()).toBe(answer);
});
