import type { Words } from '../words-like.ts';

export const shell: Words['shell'] = {
  shiftNumber: (number) => `Shift ${number}`,
  navigation: 'Sections',
  newCashOut: 'Cash-out',
  today: 'Today',
  cases: 'Cases',
  shift: 'Shift',
  casesOpen: (count) => (count === 1 ? '1 open case' : `${count} open cases`),

  preferences: 'Preferences',
  language: 'Language',
  theme: 'Appearance',
  themeLight: 'Light',
  themeDark: 'Dark',
  themeSystem: 'System',
  version: (version) => `Version ${version}`,

  online: 'Online',
  offline: 'Offline',
  blocked: 'Blocked',
  unverified: 'Not checked',
  since: (time) => `since ${time}`,
  syncNow: 'Sync now',
  syncSent: (count) => (count === 1 ? '1 message was told.' : `${count} messages were told.`),
  syncDone: 'Everything is up to date.',
  syncWaiting: (count) =>
    count === 1
      ? '1 message still waits: the till keeps trying.'
      : `${count} messages still wait: the till keeps trying.`,
  syncOffline: 'The payment network still does not answer.',
  offlineTitle: (network) => `${network} does not answer`,
  offlineText:
    'Charging is not possible for now: tell the customer. The till keeps trying; whatever is in progress is saved.',
  blockedTitle: (network) => `${network} refuses this till`,
  blockedText: (code) => `Call the technician and give them the code ${code}. Whatever is in progress is saved.`,

  warnings: 'Notices',
  clockAhead: (by) => `The till’s clock is ${by} fast`,
  clockBehind: (by) => `The till’s clock is ${by} slow`,
  clockText: (network) =>
    `So says the time of ${network}. You can go on charging, but deadlines and the times on slips are wrong.`,
  clockTodo: 'Call the technician: this machine must be set to the right time.',
  backupFailed: 'The backup could not be made',
  backupFailedText: 'You can go on charging, but if this disk fails, what is not backed up is lost.',
  backupFailedTodo: 'Tell the supervisor and call the technician. The till tries again every hour.',
  copyMissing: 'The second copy of the backup is missing',
  copyMissingText: 'The backup is on this machine; its copy in the other place is not.',
  copyMissingTodo:
    'Plug in the stick or disk for the copies. The till tries again every hour; if this notice stays, call the technician.',
  noticed: (time) => `Seen since ${time}.`,
  forTechnician: (detail) => `For the technician: ${detail}`,

  training: 'TRAINING',
  trainingNote: 'No value. Hand over no notes.',
  trainingCustomer: 'Simulated customer',
  trainingPay: 'Pays',
  trainingStart: 'Starts paying',
  trainingLeave: 'Walks away',
  trainingNetwork: 'Simulated network',
  trainingCut: 'Take down',
  trainingRestore: 'Bring up',

  starting: 'Opening the till…',
  noPortTitle: 'This window is not joined to a till',
  noPortText: 'Close it and open Ventanilla from its icon.',
  lostTitle: 'The till does not answer',
  lostText:
    'Hand over no notes and repeat no charge. All that was confirmed is saved; this screen comes back by itself.',
  crashedTitle: 'This screen has failed',
  crashedText: 'The till keeps working and everything is saved. Load the screen again.',
  reload: 'Load again',

  back: 'Back',
  close: 'Close',
  understood: 'Got it',
  clear: 'Clear all',
  erase: 'Erase',
  print: 'Print',
};
