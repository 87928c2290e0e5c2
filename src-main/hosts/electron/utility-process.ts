/**
 * Starts the device process as Electron's utility process: in a package nothing else can run Node (the `runAsNode` fuse is off).
 *
 * Source  Electron, `utilityProcess`: `fork` with a module path, messages by structured clone, `exit` with a code; `kill` only asks, so
 *         that a process that hangs is ended by the system.
 */
type UtilityProcess = Electron.UtilityProcess;

export type UtilityParts = Readonly<{
  utilityProcess: Readonly<{ fork: (module: string, args: string[], options: Electron.ForkOptions) => UtilityProcess }>;
  /** Ends a process at once. */
  killProcess?: (pid: number) => void;
}>;

/** What a till needs of the process that owns its device drivers. */
export interface StartedProcess {
  readonly pid: number | undefined;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (why: string) => void): void;
  kill(): void;
}

const LAST_WORDS_LENGTH = 500;

export function createUtilityStarter(
  { utilityProcess, killProcess = (pid) => process.kill(pid, 'SIGKILL') }: UtilityParts,
  modulePath: string,
): () => StartedProcess {
  return () => {
    const child = utilityProcess.fork(modulePath, [], {
      serviceName: 'Ventanilla devices',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let lastWords = '';
    let isOver = false;
    child.stderr?.on('data', (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(-LAST_WORDS_LENGTH);
    });
    child.on('exit', () => {
      isOver = true;
    });
    const post = child.postMessage.bind(child);
    return {
      get pid() {
        return child.pid;
      },
      post(message) {
        if (!isOver) post(message);
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) =>
        void child.once('exit', (code) =>
          listener(lastWords === '' ? `code ${code}` : `code ${code}: ${lastWords.trim()}`),
        ),
      kill() {
        const { pid } = child;
        if (pid === undefined || isOver) return;
        try {
          killProcess(pid);
        } catch {
          // It ended meanwhile; `exit` says so.
        }
      },
    };
  };
}
