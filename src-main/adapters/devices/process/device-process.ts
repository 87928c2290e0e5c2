/** A process that owns the native drivers, as the till sees it: messages both ways, and an end. How it is started is the host's business. */
export interface DeviceProcess {
  readonly pid: number | undefined;
  /** Structured clone; a message to a process that has ended is dropped. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Once. `why`: exit code or signal, and the last words on its error output; for the log. */
  onExit(listener: (why: string) => void): void;
  /** At once, whatever state it is in. */
  kill(): void;
}

/** Starts one; a failure to start is an exit that follows. */
export type StartDeviceProcess = () => DeviceProcess;
