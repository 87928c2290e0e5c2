/**
 * A Windows print queue. It takes the bytes and says nothing of the paper: success means "taken by the queue", and there is nothing to read.
 *
 * Drivers of type 4 refuse RAW and take the same bytes as XPS_PASS. A document that failed is thrown away with AbortPrinter; but a queue may
 * print while it still receives, so that a job of which it had taken anything stays in doubt.
 */
import type { LineAddress } from '../../../core/domain/devices/device.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { LineDriver, OpenLine, Sent } from './line-driver.ts';
import { addressId } from './line-names.ts';
import type { SpoolerHandle, WindowsSpooler } from './winspool.ts';

export type SpoolerAddress = Extract<LineAddress, { kind: 'spooler' }>;

const PIECE_BYTES = 16_384;

/** Undefined: this machine has no such spooler. */
export type SpoolerSystem = () => Promise<WindowsSpooler | undefined>;

export function createSpoolerDriver(address: SpoolerAddress, system: SpoolerSystem): LineDriver {
  const { id, kind } = addressId(address);
  return {
    id,
    kind,
    canRead: () => false,
    pieceBytes: PIECE_BYTES,
    lingerMs: 0,
    async open() {
      const spooler = await system();
      if (spooler === undefined) return err({ code: 'unsupported', detail: `${id}: print queues are Windows' own` });
      const handle = await spooler.open(address.queue);
      if (handle === undefined) {
        const isKnown = (await spooler.queues()).includes(address.queue);
        return err({ code: isKnown ? 'permission' : 'not-found', detail: `the queue ${id} cannot be opened` });
      }
      return ok(openLine(spooler, handle, id));
    },
  };
}

function openLine(spooler: WindowsSpooler, handle: SpoolerHandle, id: string): OpenLine {
  let isStarted = false;

  async function start(): Promise<boolean> {
    isStarted =
      (await spooler.startDocument(handle, DOCUMENT_NAME, 'RAW')) ||
      (await spooler.startDocument(handle, DOCUMENT_NAME, 'XPS_PASS'));
    return isStarted;
  }

  return {
    async send(piece): Promise<Sent> {
      if (!isStarted && !(await start())) {
        return { took: 0, trouble: { code: 'unsupported', detail: `the queue ${id} takes no raw document` } };
      }
      const written = await spooler.write(handle, piece);
      if (written === undefined) return { took: 'unknown', trouble: { code: 'io', detail: `the queue ${id} failed` } };
      return { took: written, ...(written === 0 && { trouble: { code: 'io', detail: `the queue ${id} is full` } }) };
    },
    // The queue prints when the document ends; the next job is another one.
    async finish() {
      isStarted = false;
      const isEnded = await spooler.endDocument(handle);
      return isEnded ? undefined : { code: 'io', detail: `the queue ${id} did not end the document` };
    },
    close: () => spooler.close(handle),
    async abandon() {
      if (isStarted) await spooler.abort(handle);
      await spooler.close(handle);
    },
  };
}

/** As it stands in the list of the queue: what is printed is nobody's business there. */
const DOCUMENT_NAME = 'Ventanilla';
