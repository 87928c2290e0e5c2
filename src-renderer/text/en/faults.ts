import type { Words } from '../words-like.ts';

export const faults: Words['faults'] = {
  'amount.invalid': { title: 'The amount is not valid', todo: 'Type the amount again.' },
  'amount.below-minimum': { title: 'The amount is too small', todo: (v) => `The least is ${v['limit'] ?? 'more'}.` },
  'amount.above-maximum': { title: 'The amount is too large', todo: (v) => `The most is ${v['limit'] ?? 'less'}.` },
  'amount.not-a-step': {
    title: 'That amount cannot be handed over',
    todo: (v) => (v['step'] === undefined ? 'Choose an allowed multiple.' : `Choose a multiple of ${v['step']}.`),
  },
  'amount.drawer-short': {
    title: 'The drawer does not hold that much',
    todo: 'Offer a smaller amount or ask the supervisor for notes.',
  },
  'cash-out.unknown': { title: 'The till does not know that cash-out', todo: 'Look for it in today’s list.' },
  'cash-out.wrong-state': { title: 'The cash-out has changed', todo: 'See its state on screen and go on from there.' },
  'cash-out.in-doubt': {
    title: 'A request has no answer yet',
    todo: 'Wait for the network’s answer. Hand over no notes and do not charge again.',
  },
  'cash-out.not-paid-now': {
    title: 'The network says it is not paid',
    todo: 'Hand over no notes. Wait for the green screen or call the supervisor.',
  },
  'cash-out.cannot-check-now': {
    title: 'The payment could not be checked',
    todo: 'Hand over no notes yet. Tap Hand over again in a few seconds.',
  },
  'cash-out.another-handing-over': {
    title: 'Another hand-over is not finished',
    todo: 'Finish that one first; it is in the list on the right.',
  },
  'cash-out.too-late-to-confirm': {
    title: 'Too late to confirm',
    todo: 'Less than a minute is left to tell the network. Hand over no notes: return the money and start again.',
  },
  'cash-out.return-impossible': {
    title: 'The network cannot return this payment',
    todo: 'Hand over the notes, or call the supervisor to settle it another way.',
  },
  'cash-out.sticker-taken': {
    title: 'The sticker already holds an order',
    todo: 'Finish or cancel that cash-out first, or charge with a code on screen.',
  },
  'purchase.unsupported': {
    title: 'This network pays out notes alone',
    todo: 'Choose the network that takes purchases, or charge the purchase another way.',
  },
  'purchase.invalid': {
    title: 'The purchase does not add up',
    todo: (v) => (v['item'] === undefined ? 'Check its lines and its total.' : `Check line ${v['item']}.`),
  },
  'payout.unknown': { title: 'The till does not know that payout', todo: 'Scan the voucher or look in the list.' },
  'payout.wrong-state': {
    title: 'The payout has changed already',
    todo: 'See its state on screen and go on from there.',
  },
  'payout.in-doubt': {
    title: 'The payout waits for the network’s answer',
    todo: 'Give no notes and do not repeat it until the network answers.',
  },
  'payout.field-invalid': { title: 'Something about the beneficiary is not valid', todo: 'Correct the marked field.' },
  'payout.amount-invalid': {
    title: 'That amount cannot be sent',
    todo: (v) => (v['limit'] === undefined ? 'Enter another amount.' : `The limit is ${v['limit']}.`),
  },
  'payout.not-possible': { title: 'This network cannot do that', todo: 'Choose another network or another way.' },
  'payout.cannot-check-now': {
    title: 'The payout could not be checked',
    todo: 'Give no notes yet. Try again in a few seconds.',
  },
  'payout.another-handing-over': {
    title: 'Other notes are in the hand',
    todo: 'Finish that hand-over first.',
  },
  'payout.replaced': {
    title: 'Something has taken this payout’s place already',
    todo: 'Give nothing more: see the payout’s details.',
  },
  'supervisor.needed': { title: 'A supervisor is needed', todo: 'Ask the supervisor to enter their code.' },
  'network.unknown': { title: 'There is no such payment network', todo: 'Call the technician.' },
  'network.not-configured': { title: 'The payment network is not set up', todo: 'Call the technician.' },
  'network.blocked': {
    title: 'The payment network refuses this till',
    todo: (v) =>
      v['code'] === undefined ? 'Call the technician.' : `Call the technician and give them the code ${v['code']}.`,
  },
  'network.unreachable': { title: 'The payment network does not answer', todo: 'Check the internet and tap Sync now.' },
  'network.offline': {
    title: 'Offline: nothing new is started',
    todo: 'Tell the customer. The till keeps trying by itself and charges again as soon as the network answers.',
  },
  'network.refused': {
    title: 'The payment network did not accept the request',
    todo: (v) => (v['code'] === undefined ? 'Try again or call the technician.' : `Try again. Code: ${v['code']}.`),
  },
  'mode.unsupported': { title: 'This network has no such kind of code', todo: 'Choose another kind of code.' },
  'shift.none-open': { title: 'No shift is open', todo: 'Open the shift with its float.' },
  'shift.already-open': { title: 'A shift is already open', todo: 'Close it before you open another.' },
  'shift.unknown': { title: 'The till does not know that shift', todo: 'Choose another shift.' },
  'shift.open-cash-outs': {
    title: 'Cash-outs are in progress',
    todo: 'Finish them, cancel them or return the money; then close the shift.',
  },
  'count.invalid': { title: 'The count does not add up', todo: 'Check the pieces and count again.' },
  'person.unknown': {
    title: 'That person is not in the settings',
    todo: 'Choose another person or call the technician.',
  },
  'settings.missing': { title: 'The till has no settings', todo: 'Call the technician to set it up.' },
  'settings.invalid': { title: 'The till’s settings have a mistake', todo: 'Call the technician.' },
  'slip.not-now': { title: 'That slip cannot be printed now', todo: 'See the cash-out’s state.' },
  'slip.no-printer': {
    title: 'This till has no printer',
    todo: 'The code is on the screens. For paper, call the technician.',
  },
  'slip.failed': { title: 'Not printed', todo: 'Check paper, cover and cable; then ask for another copy.' },
  'case.unknown': { title: 'The till does not know that case', todo: 'Go back to the list of cases.' },
  'case.closed': {
    title: 'That case is closed already',
    todo: 'Somebody, or the network itself, was faster. See what was decided.',
  },
  'case.decision-not-allowed': {
    title: 'That cannot be decided now',
    todo: 'Its state has changed. Open the case again and see what may be decided.',
  },
  'drop.too-large': {
    title: 'The drawer cannot spare that much',
    todo: 'Choose a smaller amount: part of the cash is held for cash-outs in progress.',
  },
  'request.invalid': {
    title: 'The till did not understand',
    todo: 'Repeat it. If it happens again, call the technician.',
  },
  'storage.newer-than-app': {
    title: 'The data belongs to a newer version',
    todo: 'Do not go on: call the technician to update the program.',
  },
  'storage.failed': {
    title: 'The till cannot save',
    todo: 'Hand over no notes. Check the disk space and call the technician.',
  },
  'storage.damaged': {
    title: 'The till’s data is damaged',
    todo: (v) =>
      `Give no notes and charge nobody. Call the technician: a backup has to be restored; the damaged file is kept. ${v['backup'] === undefined ? 'There is no good backup.' : `Newest good backup: ${v['backup']}`}`,
  },
  'storage.locked': {
    title: 'Another program uses the till’s data',
    todo: 'Close the other window or call the technician.',
  },
  'backup.failed': {
    title: 'The backup could not be made or restored',
    todo: 'The till goes on and nothing was changed. Call the technician: check the disk or the second place.',
  },
  'backup.unknown': { title: 'There is no such backup', todo: 'Choose one of the list.' },
  'pairing.running': { title: 'Pairing is under way', todo: 'Wait until it has ended, then go on.' },
  'pairing.token-missing': {
    title: 'The access token is missing',
    todo: (v) => `Store it at the command line: ventanilla secret set ${v['secret'] ?? 'mercadopago-token'}`,
  },
  'pairing.token-refused': {
    title: 'The network does not accept the access token',
    todo: (v) => `Copy the token again and store it: ventanilla secret set ${v['secret'] ?? 'mercadopago-token'}`,
  },
  'pairing.wrong-country': {
    title: 'The account is in another country',
    todo: (v) =>
      `The account is in ${v['account'] ?? 'another country'}, the till is set up for ${v['settings'] ?? 'another'}. Put the country right in the settings.`,
  },
  'pairing.wrong-account': {
    title: 'The token belongs to another account',
    todo: (v) => `It is that of account ${v['account'] ?? ''}; the settings say ${v['settings'] ?? ''}.`,
  },
  'pairing.store-missing': {
    title: 'The account has no such store',
    todo: 'Choose a store that is there, or write the address to make it.',
  },
  'pairing.pos-taken': {
    title: 'That point of sale belongs to another till',
    todo: 'Choose another, or say that you bring it to this till, and why.',
  },
  'pairing.refused': {
    title: 'The network did not accept this step',
    todo: (v) => `Code ${v['code'] ?? 'unknown'}. Put it right and try again.`,
  },
  'pairing.in-doubt': {
    title: 'Nobody knows whether this step was done',
    todo: 'Try again: the till looks for what is there and makes nothing twice.',
  },
  'pairing.open-cash-outs': {
    title: 'Cash-outs are still open on this network',
    todo: 'Settle them first: they name the point of sale of now.',
  },
  'pairing.proof-failed': {
    title: 'The test order was not accepted',
    todo: (v) =>
      v['code'] === 'seller_configuration'
        ? 'Cash-out is not enabled for this account: ask Mercado Pago for it.'
        : `Code ${v['code'] ?? 'unknown'}. Check account and point of sale.`,
  },
  'device.not-here': { title: 'Devices are not paired in practice', todo: 'Do it with the real till.' },
  'device.unknown': { title: 'That device is not paired with this till', todo: 'See the list of devices.' },
  'device.profile-unknown': { title: 'There is no such model', todo: 'Choose another one from the list.' },
  'device.line-wrong': { title: 'That device cannot be on this connection', todo: 'Choose another connection.' },
  'device.line-taken': {
    title: 'Another device uses that connection already',
    todo: 'Forget the other one first, or choose another connection.',
  },
  'device.look-failed': { title: 'Devices could not be looked for', todo: 'Try again, or type the connection in.' },
  'device.file-invalid': { title: 'That text describes no device', todo: 'Export it again on the other till.' },
  'device.busy': { title: 'A test is under way already', todo: 'Wait for its end, or stop it.' },
  'device.not-proven': {
    title: 'The device did not pass its test',
    todo: 'See which step failed, put it right, and try again.',
  },
  'reconcile.running': { title: 'Reconciliation is under way', todo: 'Wait for its result.' },
  'training.only': { title: 'Only in training', todo: 'This till works with real money.' },
  internal: {
    title: 'Something failed inside the till',
    todo: 'See the state before you go on, and call the technician.',
  },
  'window.no-answer': {
    title: 'The till did not answer in time',
    todo: 'It may have been done. See the state before you repeat it.',
  },
};
