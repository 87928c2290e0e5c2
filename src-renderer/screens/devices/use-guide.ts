/**
 * A guided pairing under way: what was answered so far, and what comes next. Tries run by themselves one after the other; a question waits
 * for the technician. Taking an answer back forgets everything that came after it.
 */
import { useEffect, useState } from 'react';
import type { DeviceProfileView } from '../../../src-main/core/contract/device-views.ts';
import { answerOf, guideStep } from '../../../src-main/core/domain/devices/pairing-guide.ts';
import type { GuideStep } from '../../../src-main/core/domain/devices/pairing-guide.ts';
import type { DeviceDraft, TryOutResult } from '../../../src-main/core/domain/devices/try-out.ts';
import { useAct } from '../../bridge/use-act.ts';
import { useClient } from '../../bridge/client-context.ts';

type Answer = Readonly<{ id: string; answer: string; isAsked: boolean }>;

export type Guide = Readonly<{
  step: GuideStep;
  isTrying: boolean;
  /** Of the last try. */
  result: TryOutResult | undefined;
  /** Questions answered so far. */
  asked: number;
  begin: () => void;
  say: (answer: string) => void;
  /** Undefined: there is no question before this one. */
  takeBack: (() => void) | undefined;
  stopWaiting: () => void;
}>;

export function useGuide(draft: DeviceDraft, profile: DeviceProfileView): Guide {
  const trying = useAct('devices.try');
  const client = useClient();
  const [answers, setAnswers] = useState<readonly Answer[]>([]);
  const [result, setResult] = useState<TryOutResult>();
  const step = stepAfter(answers);

  function stepAfter(known: readonly Answer[]): GuideStep {
    return guideStep(draft.role, profile, Object.fromEntries(known.map(({ id, answer }) => [id, answer])));
  }

  async function goOn(known: readonly Answer[]): Promise<void> {
    setAnswers(known);
    const next = stepAfter(known);
    if (next.kind !== 'try') return;
    const tried = await trying.run({ device: { ...draft, ...next.traits }, job: next.job });
    if (!tried) return;
    setResult(tried);
    await goOn([...known, { id: next.id, answer: answerOf(tried), isAsked: false }]);
  }

  const stopWaiting = (): void => void client.call('devices.stop', {});
  // Whoever leaves the screen waits no longer for a scan or for paper.
  useEffect(() => () => void client.call('devices.stop', {}), [client]);

  const lastAsked = answers.findLastIndex(({ isAsked }) => isAsked);
  return {
    step,
    isTrying: trying.isBusy,
    result,
    asked: answers.filter(({ isAsked }) => isAsked).length,
    begin: () => void goOn([]),
    say: (answer) => {
      if (step.kind === 'ask') void goOn([...answers, { id: step.id, answer, isAsked: true }]);
    },
    takeBack: lastAsked === -1 || trying.isBusy ? undefined : () => setAnswers(answers.slice(0, lastAsked)),
    stopWaiting,
  };
}
