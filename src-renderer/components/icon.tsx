/** Our own line icons on a 24-unit grid. Decoration only: words say the same. */
const PATHS = {
  backspace: 'M9 5h11v14H9l-6-7 6-7Zm3 4.5 5 5m0-5-5 5',
  check: 'm5 12.5 4.8 4.8L19.5 7',
  cross: 'm6 6 12 12M18 6 6 18',
  arrowRight: 'M4 12h15m-6-6 6 6-6 6',
  arrowLeft: 'M20 12H5m6-6-6 6 6 6',
  undo: 'M9 7 4.5 11.5 9 16m-4.5-4.5H15a4.5 4.5 0 0 1 0 9h-3',
  printer: 'M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7v-6Z',
  sync: 'M20 11a8 8 0 0 0-14-4.6L4 8.500M4 4v4.500h4.500M4 13a8 8 0 0 0 14 4.600l2-2.100M20 20v-4.500h-4.500',
  clock: 'M12 7v5l3.500 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  question:
    'M9.300 9.200a2.800 2.800 0 1 1 4.200 2.500c-1 .6-1.500 1.200-1.500 2.300m0 3.200v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  warning: 'M12 4 2.800 19.500h18.400L12 4Zm0 6v4.500m0 2.400v.1',
  qr: 'M4 4h6v6H4V4Zm10 0h6v6h-6V4ZM4 14h6v6H4v-6Zm10 0h2.500v2.500M20 14v2.500M14 20h2.500M20 19.500v.5',
  phone: 'M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm3 15h2',
  notes: 'M3 7h18v10H3V7Zm9 7.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM6 10v.1M18 14v-.1',
  list: 'M8 6.500h12M8 12h12M8 17.500h12M4 6.500v.1M4 12v.1M4 17.500v.1',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.500 8a7.500 7.500 0 0 1 15 0',
  drawer: 'M4 10h16v9H4v-9Zm2-5h12l2 5H4l2-5Zm4 9h4',
  safe: 'M4 4h16v15H4V4Zm3 15v2m10-2v2M12 15a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7Zm0-3.500 1.500-1.500',
  report: 'M6 3h9l4 4v14H6V3Zm9 0v4h4M9.500 12h6M9.500 16h6',
  lock: 'M6 11h12v9H6v-9Zm2.500 0V8a3.500 3.500 0 0 1 7 0v3M12 15v2',
  settings:
    'M4 7h9m4 0h3M4 17h3m4 0h9M15 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Zm-6 10a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z',
  cloudOff:
    'M4 4l16 16M8.500 8.200A5.500 5.500 0 0 0 7 19h10.500M19.500 17.800A4 4 0 0 0 17.500 11 5.500 5.500 0 0 0 12.500 7.100',
  minus: 'M6 12h12',
  plus: 'M6 12h12M12 6v12',
  send: 'M4 12 20 4l-5 16-3.500-6.500L4 12Zm7.500 1.500L20 4',
  bank: 'M3.500 9.500 12 4l8.500 5.500h-17ZM6 10v7m4-7v7m4-7v7m4-7v7M4 20h16',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm9 2-4-4',
  pause: 'M9 6v12M15 6v12',
  wallet: 'M4 7h14v12H4V7Zm0 0 11-3v3M14 13h4v.1',
  screen: 'M3 5h18v9H3V5Zm9 9v5m-4 0h8M6.500 9.500H13',
  scan: 'M4 8V5h3.500M16.500 5H20v3M20 16v3h-3.500M7.500 19H4v-3M3 12h18',
  flag: 'M6 21V4m0 1h11l-2 4 2 4H6',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, className }: Readonly<{ name: IconName; className?: string }>) {
  return (
    <svg className={className === undefined ? 'icon' : `icon ${className}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
