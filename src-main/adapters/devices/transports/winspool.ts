/**
 * The print spooler of Windows, called through `koffi`, which is loaded when the first queue is asked for, and only on Windows.
 *
 * Small on purpose: what it means is decided in `spooler-driver.ts`, which is tested against a double of this. Every call runs on a thread
 * of its own, because a queue on a machine that is off can hold one for half a minute; the reason why one failed stays with that thread.
 * Source  Microsoft, winspool.h: OpenPrinterW, StartDocPrinterW with DOC_INFO_1W, WritePrinter, EndDocPrinter, AbortPrinter,
 *         EnumPrintersW with level 4 (names only, from the registry).
 */
import { promisify } from 'node:util';

export type SpoolerHandle = object;

export interface WindowsSpooler {
  /** Undefined: it could not be opened. */
  open(queue: string): Promise<SpoolerHandle | undefined>;
  /** False: the queue does not take a document of that type. */
  startDocument(handle: SpoolerHandle, name: string, dataType: 'RAW' | 'XPS_PASS'): Promise<boolean>;
  /** How many bytes the queue took; undefined: the call failed. */
  write(handle: SpoolerHandle, bytes: Uint8Array): Promise<number | undefined>;
  endDocument(handle: SpoolerHandle): Promise<boolean>;
  /** Throws away what the queue has not printed yet. */
  abort(handle: SpoolerHandle): Promise<boolean>;
  close(handle: SpoolerHandle): Promise<void>;
  queues(): Promise<readonly string[]>;
}

type Out<Type> = [Type];

/** `BOOL`, `DWORD` and lengths are 32 bits wide on every Windows. 0 is a failure in all of them. */
type Winspool = Readonly<{
  openPrinter: (queue: string, handle: Out<SpoolerHandle | null>, defaults: null) => Promise<number>;
  startDocument: (handle: SpoolerHandle, level: 1, document: DocumentInfo) => Promise<number>;
  write: (handle: SpoolerHandle, bytes: Uint8Array, length: number, written: Out<number>) => Promise<number>;
  endDocument: (handle: SpoolerHandle) => Promise<number>;
  abort: (handle: SpoolerHandle) => Promise<number>;
  close: (handle: SpoolerHandle) => Promise<number>;
  enumPrinters: (
    flags: number,
    server: null,
    level: 4,
    buffer: Uint8Array | null,
    length: number,
    needed: Out<number>,
    count: Out<number>,
  ) => Promise<number>;
  namesIn: (buffer: Uint8Array, count: number) => readonly string[];
}>;
type DocumentInfo = Readonly<{ pDocName: string; pOutputFile: null; pDatatype: string }>;

async function loadWinspool(file: string): Promise<Winspool> {
  const { default: koffi } = await import('koffi');
  const library = koffi.load(file);
  koffi.pointer('HANDLE', koffi.opaque());
  koffi.struct('DOC_INFO_1W', { pDocName: 'str16', pOutputFile: 'str16', pDatatype: 'str16' });
  const printerInfo = koffi.struct({ pPrinterName: 'str16', pServerName: 'str16', Attributes: 'uint32' });

  /** On a thread of koffi's, never on the process's own. */
  function call(prototype: string): (...given: unknown[]) => Promise<number> {
    const { async: run } = library.func(prototype);
    return promisify(run as (...given: unknown[]) => void) as (...given: unknown[]) => Promise<number>;
  }

  return {
    openPrinter: call('uint32 __stdcall OpenPrinterW(str16 queue, _Out_ HANDLE *handle, void *defaults)'),
    startDocument: call('uint32 __stdcall StartDocPrinterW(HANDLE handle, uint32 level, DOC_INFO_1W *document)'),
    write: call('uint32 __stdcall WritePrinter(HANDLE handle, void *bytes, uint32 length, _Out_ uint32 *written)'),
    endDocument: call('uint32 __stdcall EndDocPrinter(HANDLE handle)'),
    abort: call('uint32 __stdcall AbortPrinter(HANDLE handle)'),
    close: call('uint32 __stdcall ClosePrinter(HANDLE handle)'),
    enumPrinters: call(
      'uint32 __stdcall EnumPrintersW(uint32 flags, str16 server, uint32 level, void *buffer, uint32 length, ' +
        '_Out_ uint32 *needed, _Out_ uint32 *count)',
    ),
    namesIn(buffer, count) {
      const found = koffi.decode(buffer, printerInfo, count) as readonly { pPrinterName: string }[];
      return found.map(({ pPrinterName }) => pPrinterName);
    },
  };
}

/** `file`: `winspool.drv`, or a library that stands for it. */
export async function createWindowsSpooler(file = 'winspool.drv'): Promise<WindowsSpooler> {
  const winspool = await loadWinspool(file);
  return {
    async open(queue) {
      const handle: Out<SpoolerHandle | null> = [null];
      return (await winspool.openPrinter(queue, handle, null)) === 0 ? undefined : (handle[0] ?? undefined);
    },
    startDocument: async (handle, name, dataType) =>
      (await winspool.startDocument(handle, 1, { pDocName: name, pOutputFile: null, pDatatype: dataType })) !== 0,
    async write(handle, bytes) {
      const written: Out<number> = [0];
      return (await winspool.write(handle, bytes, bytes.length, written)) === 0 ? undefined : written[0];
    },
    endDocument: async (handle) => (await winspool.endDocument(handle)) !== 0,
    abort: async (handle) => (await winspool.abort(handle)) !== 0,
    async close(handle) {
      await winspool.close(handle);
    },
    async queues() {
      const needed: Out<number> = [0];
      const count: Out<number> = [0];
      // Asked for the room first, then for the names; between the two a queue may come.
      await winspool.enumPrinters(LOCAL_AND_CONNECTED, null, 4, null, 0, needed, count);
      const buffer = Buffer.alloc(needed[0] + ROOM_FOR_MORE_BYTES);
      if ((await winspool.enumPrinters(LOCAL_AND_CONNECTED, null, 4, buffer, buffer.length, needed, count)) === 0)
        return [];
      return winspool.namesIn(buffer, count[0]);
    },
  };
}

/** PRINTER_ENUM_LOCAL and PRINTER_ENUM_CONNECTIONS. */
const LOCAL_AND_CONNECTED = 0x02 | 0x04;
const ROOM_FOR_MORE_BYTES = 4_096;
