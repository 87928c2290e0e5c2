/** The simulated network as a process of its own, steered and read over its control plane: it knows nothing of tills that die. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { OrderSummary } from '../../../src-main/simulators/networks/mercadopago-orders/actions.ts';
import type { RecordedRequest } from '../../../src-main/simulators/networks/request-log.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const PROGRAM = path.join(ROOT, 'src-main/simulators/main.ts');

export type FarProcess = Readonly<{
  baseUrl: string;
  /** Does something to the network; false where it says that this cannot be done now. */
  tell(what: string, body: unknown): Promise<boolean>;
  orders(): Promise<readonly OrderSummary[]>;
  requests(): Promise<readonly RecordedRequest[]>;
  forgetRequests(): Promise<void>;
  close(): Promise<void>;
}>;

export async function startFarProcess(seed: number): Promise<FarProcess> {
  const child = spawn(process.execPath, [PROGRAM, '--port', '0', '--seed', String(seed)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const baseUrl = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /network\s+(http:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`the simulated network ended: ${said}`)));
  });
  const control = async (name: string, init: RequestInit = {}): Promise<Response> =>
    fetch(new URL(`/_control/${name}`, baseUrl), init);
  async function read<Value>(name: string): Promise<Value> {
    const answer = await control(name);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return (await answer.json()) as Value;
  }
  return {
    baseUrl,
    async tell(what, body) {
      const answer = await control(what, { method: 'POST', body: JSON.stringify(body) });
      await answer.arrayBuffer();
      return answer.ok;
    },
    orders: () => read<readonly OrderSummary[]>('orders'),
    requests: () => read<readonly RecordedRequest[]>('requests'),
    async forgetRequests() {
      await (await control('requests', { method: 'DELETE' })).arrayBuffer();
    },
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
