/** Brings an open window to a scene the way a person would: the till changes its views, taps do the rest. */
import type { Locale } from '../../../../src-main/core/domain/locale.ts';
import { isEnded } from '../../../../src-main/core/domain/cash-out.ts';
import type { CashOutView } from '../../../../src-main/core/contract/views.ts';
import type { PayoutView } from '../../../../src-main/core/contract/payout-contract.ts';
import type { OpenWindow } from './built-page.ts';
import { putPayout } from './fake-payouts.ts';
import { payoutView } from './payout-views.ts';
import type { Scene } from './scenes.ts';
import { wordsOf } from './scenes.ts';
import { devicesView, discoveryView } from './device-views.ts';
import { pairingLookView, pairingView } from './pairing-views.ts';
import { cashOutView, reportView, shiftView, tillView } from './views.ts';

export async function showScene({ page, till }: OpenWindow, scene: Scene, language: Locale): Promise<void> {
  const words = wordsOf(language);
  const { theme } = till.view;
  for (let layer = 0; layer < 2 && (await page.locator('.modal, .popover').count()) > 0; layer += 1) {
    await page.keyboard.press('Escape');
    await page.locator('.modal, .popover').first().waitFor({ state: 'detached' });
  }
  // The Z report leads to a till without a shift, and the next scene wants to see exactly that.
  const { shift: _none, ...closed } = tillView({ language, theme, ...scene.view });
  till.view = scene.name === 'open-shift' ? closed : { ...closed, shift: shiftView() };
  till.xReport = scene.report ?? reportView('x');
  till.pairing = scene.pairing ?? pairingView();
  till.pairingLook = scene.pairingLook ?? pairingLookView();
  till.devices = scene.devices ?? devicesView();
  till.discovery = scene.discovery ?? discoveryView();
  await putPayouts(scene.payout ? payoutView('requested', { id: scene.payout.id }) : undefined);
  await put([...(scene.stage ? [asOpen(scene.stage)] : []), ...(scene.cashOuts ?? [])]);
  if (scene.stage) {
    const card = page.locator(`.open-card[data-id="${scene.stage.id}"]`);
    await card.click();
    await put([scene.stage, ...(scene.cashOuts ?? [])]);
    await page.locator(`.stage[data-state="${scene.stage.state}"]`).waitFor();
    await page.waitForTimeout(40);
  } else if (scene.payout) {
    await page.locator(`.payout-rail .open-card[data-id="${scene.payout.id}"]`).click();
    await putPayouts(scene.payout);
    await till.change({}, [], [...till.payouts.keys()]);
    await page.locator(`.payout[data-state="${scene.payout.state}"]`).waitFor();
    await page.waitForTimeout(60);
  } else if (scene.name !== 'open-shift') {
    const tabs = page.getByRole('navigation');
    await tabs.getByRole('button', { name: words.shell.cases }).click();
    await tabs.getByRole('button', { name: words.shell.newCashOut }).click();
  }
  await scene.lead?.(page, words);
  if (scene.later) await till.change(scene.later);
  await page.waitForTimeout(40);

  async function putPayouts(shown: PayoutView | undefined): Promise<void> {
    till.payouts.clear();
    till.view = { ...till.view, openPayouts: [] };
    for (const payout of [...(shown ? [shown] : []), ...(scene.payouts ?? [])]) putPayout(till, payout);
  }

  async function put(cashOuts: readonly CashOutView[]): Promise<void> {
    till.cashOuts.clear();
    for (const cashOut of cashOuts) till.cashOuts.set(cashOut.id, cashOut);
    await till.change({ openCashOuts: cashOuts.filter(({ state }) => !isEnded(state)) }, [...till.cashOuts.keys()]);
    const wanted = till.view.openCashOuts.length;
    while ((await page.locator('.rail:not(.payout-rail) .open-card').count()) !== wanted) await page.waitForTimeout(10);
  }
}

/** An ended cash-out is reached through the open one that it was. */
function asOpen(cashOut: CashOutView): CashOutView {
  return isEnded(cashOut.state)
    ? cashOutView('requested', { id: cashOut.id, amountMinor: cashOut.amountMinor })
    : cashOut;
}
