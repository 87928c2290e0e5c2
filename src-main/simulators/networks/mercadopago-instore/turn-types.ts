/** One request on its way through the network, and what an operation makes of it. */
import type { SimulatedAnswer } from '../exchange.ts';
import type { ChosenFault } from '../script.ts';
import { refuse } from './answers.ts';
import type { Call } from './call.ts';
import type { InstoreFault } from './faults.ts';
import type { InstoreOrder } from './instore-order.ts';
import type { MerchantOrder } from './merchant-order.ts';
import type { Problem } from './order-rules.ts';
import type { NetworkState } from './state.ts';

export type Turn = Readonly<{
  call: Call;
  userId: string;
  nowMs: number;
  chosen: ChosenFault<InstoreFault> | undefined;
}>;

/** An answer, and what it was about: faults that strike afterwards strike there. */
export type Done = Readonly<{ answer: SimulatedAnswer; order?: InstoreOrder; scan?: MerchantOrder }>;

export function refusal(state: NetworkState, { code, message }: Problem): SimulatedAnswer {
  return refuse(state.settings.errorShape, code, message);
}
