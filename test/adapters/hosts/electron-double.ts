/**
 * A double of the `electron` module, as far as the host uses it: it keeps what it was told and can be made to behave as a page, a person
 * or a cable would. What it answers follows Electron's documentation; whatever the host does not use throws.
 */
import { EventEmitter } from 'node:events';
import type { ElectronParts } from '../../../src-main/hosts/electron/electron-parts.ts';

export type DoubleFrame = { url: string; parent: DoubleFrame | null; frameTreeNodeId: number };
export type Rectangle = Readonly<{ x: number; y: number; width: number; height: number }>;
export type DoubleDisplay = Readonly<{ id: number; bounds: Rectangle; workArea: Rectangle }>;
type WindowOpenAnswer = Readonly<{ action: 'allow' | 'deny' }>;

let lastNumber = 100;
const nextNumber = (): number => (lastNumber += 1);

/** An event whose default a listener may prevent. */
export function preventable<Facts extends object>(
  facts: Facts,
): Facts & { isPrevented: boolean; preventDefault: () => void } {
  const event = {
    ...facts,
    isPrevented: false,
    preventDefault(): void {
      event.isPrevented = true;
    },
  };
  return event;
}

export class DoubleContents extends EventEmitter {
  readonly id = nextNumber();
  readonly sent: { channel: string; frame: unknown }[] = [];
  readonly mainFrame: DoubleFrame = { url: '', parent: null, frameTreeNodeId: nextNumber() };
  openHandler: ((details: { url: string }) => WindowOpenAnswer) | undefined;
  zoomLimits: readonly number[] = [];
  isGone = false;

  send(channel: string, frame: unknown): void {
    if (this.isGone) throw new Error('Object has been destroyed');
    this.sent.push({ channel, frame });
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => WindowOpenAnswer): void {
    this.openHandler = handler;
  }
  setVisualZoomLevelLimits(least: number, most: number): Promise<void> {
    this.zoomLimits = [least, most];
    return Promise.resolve();
  }
  capturePage(): Promise<{ toPNG: () => Buffer }> {
    return Promise.resolve({ toPNG: () => Buffer.from([0x89, 0x50, 0x4e, 0x47]) });
  }
}

export class DoubleSession extends EventEmitter {
  requestHandler: ((contents: unknown, permission: string, answer: (isGranted: boolean) => void) => void) | undefined;
  checkHandler: (() => boolean) | undefined;
  deviceHandler: (() => boolean) | undefined;
  hasSpellChecker = true;
  filter: ((details: { url: string }, answer: (verdict: { cancel?: boolean }) => void) => void) | undefined;
  readonly schemes = new Map<string, (request: Request) => Response | Promise<Response>>();
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>): void =>
      void this.schemes.set(scheme, handler),
  };
  readonly webRequest = {
    onBeforeRequest: (filter: NonNullable<DoubleSession['filter']>): void => {
      this.filter = filter;
    },
  };

  setPermissionRequestHandler(handler: DoubleSession['requestHandler']): void {
    this.requestHandler = handler;
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.checkHandler = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.deviceHandler = handler;
  }
  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.hasSpellChecker = isEnabled;
  }
}

export type DoubleOptions = Readonly<{
  displays?: readonly DoubleDisplay[];
  isSecondInstance?: boolean;
  isPackaged?: boolean;
  /** What the page does once it is loaded; by default it says hello as its own role. */
  onLoad?: (window: DoubleWindow) => void;
}>;

export const SCREEN: DoubleDisplay = {
  id: 1,
  bounds: { x: 0, y: 0, width: 1024, height: 768 },
  workArea: { x: 0, y: 0, width: 1024, height: 740 },
};
export const SECOND_SCREEN: DoubleDisplay = {
  id: 2,
  bounds: { x: 1024, y: 0, width: 800, height: 600 },
  workArea: { x: 1024, y: 0, width: 800, height: 600 },
};

export class DoubleWindow extends EventEmitter {
  readonly webContents = new DoubleContents();
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly moves: unknown[] = [];
  readonly module: ElectronDouble;
  isShown = false;
  isFocused = false;
  isGone = false;

  constructor(module: ElectronDouble, options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.module = module;
    this.options = options;
  }
  get role(): string {
    const [argument = ''] = this.options.webPreferences?.additionalArguments ?? [];
    return argument.replace('--ventanilla-role=', '');
  }
  loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url;
    const load = this.module.options.onLoad ?? ((window) => window.say({ kind: 'hello', role: window.role }));
    load(this);
    return Promise.resolve();
  }
  /** The page's main frame sends; `sender` and `frame` stand in for another one that does. */
  say(frame: unknown, sender: DoubleContents = this.webContents, from: DoubleFrame | null = sender.mainFrame): void {
    this.module.ipcMain.emit('ventanilla.frame', { sender, senderFrame: from }, frame);
  }
  show(): void {
    this.isShown = true;
  }
  showInactive(): void {
    this.isShown = true;
  }
  hide(): void {
    this.isShown = false;
  }
  focus(): void {
    this.isFocused = true;
  }
  setKiosk(isKiosk: boolean): void {
    this.moves.push({ kiosk: isKiosk });
  }
  setBounds(bounds: Rectangle): void {
    this.moves.push(bounds);
  }
  setPosition(x: number, y: number): void {
    this.moves.push({ x, y });
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  destroy(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.webContents.isGone = true;
    this.emit('closed');
  }
}

export class ElectronDouble {
  readonly options: DoubleOptions;
  readonly windows: DoubleWindow[] = [];
  readonly steps: string[] = [];
  readonly ipcMain = new EventEmitter();
  readonly switches: string[] = [];
  readonly schemes: Electron.CustomScheme[] = [];
  readonly inMemory = new DoubleSession();
  readonly partitions: string[] = [];
  readonly screen = Object.assign(new EventEmitter(), {
    displays: [SCREEN] as readonly DoubleDisplay[],
    getPrimaryDisplay: (): { id: number } => ({ id: 1 }),
    getAllDisplays: (): DoubleDisplay[] => [...this.screen.displays],
  });
  readonly app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    exitCode: undefined as number | undefined,
    commandLine: { appendSwitch: (name: string): void => void this.switches.push(name) },
    requestSingleInstanceLock: (): boolean => {
      this.steps.push('lock');
      return this.options.isSecondInstance !== true;
    },
    enableSandbox: (): void => void this.steps.push('sandbox'),
    whenReady: (): Promise<void> => {
      this.steps.push('ready');
      return Promise.resolve();
    },
    exit: (code: number): void => {
      this.steps.push('exit');
      this.app.exitCode = code;
    },
  });

  constructor(options: DoubleOptions = {}) {
    this.options = options;
    this.screen.displays = options.displays ?? [SCREEN];
    this.app.isPackaged = options.isPackaged ?? false;
  }

  get module(): ElectronParts {
    const keep = (window: DoubleWindow): void => {
      this.windows.push(window);
      this.app.emit('web-contents-created', {}, window.webContents);
    };
    const BrowserWindow = windowClass(this, keep);
    const parts = {
      app: this.app,
      BrowserWindow,
      ipcMain: this.ipcMain,
      screen: this.screen,
      Menu: { setApplicationMenu: (menu: unknown): void => void this.steps.push(`menu ${String(menu)}`) },
      protocol: {
        registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]): void => {
          this.steps.push('scheme');
          this.schemes.push(...schemes);
        },
      },
      session: {
        fromPartition: (name: string): DoubleSession => {
          this.partitions.push(name);
          return this.inMemory;
        },
      },
    };
    return parts as unknown as ElectronParts;
  }
}

function windowClass(owner: ElectronDouble, keep: (window: DoubleWindow) => void) {
  return class BrowserWindow extends DoubleWindow {
    constructor(options: Electron.BrowserWindowConstructorOptions) {
      super(owner, options);
      keep(this);
    }
  };
}

export function theWindow(electron: ElectronDouble, index = 0): DoubleWindow {
  const window = electron.windows[index];
  if (window === undefined) throw new Error('no window was made');
  return window;
}
