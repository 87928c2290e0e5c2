import type { PairingStepView, PairingView } from '../../../src-main/core/contract/pairing-views.ts';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import type { Words } from '../../text/words.ts';

/** Each step with its state; what is known of it stands below. */
export function PairingSteps({ view }: Readonly<{ view: PairingView }>) {
  const { words } = useTill();
  const text = words.pairing;
  const isOld = !view.isRunning && !view.fault && view.savedAtMs !== undefined;
  return (
    <ol className="pairing-steps" aria-label={text.stepsTitle}>
      {view.steps.map(({ step, state }, index) => {
        const shown = isOld ? 'done' : state;
        const fact = shown === 'done' ? factOf(words, view, step) : undefined;
        return (
          <li key={step} className="pairing-step" data-state={shown}>
            <span className="pairing-mark" aria-hidden="true">
              <Mark state={shown} number={index + 1} />
            </span>
            <span className="pairing-step-words">
              <strong>{text.steps[step]}</strong>
              <small>{fact ?? text.states[shown]}</small>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Mark({ state, number }: Readonly<{ state: PairingStepView['state']; number: number }>) {
  switch (state) {
    case 'done':
      return <Icon name="check" />;
    case 'failed':
      return <Icon name="cross" />;
    case 'doing':
      return <span className="spinner" />;
    default:
      return <>{number}</>;
  }
}

function factOf(words: Words, view: PairingView, step: PairingStepView['step']): string | undefined {
  const { facts } = words.pairing;
  switch (step) {
    case 'account':
      return view.account && facts.account(view.account.userId, view.account.country ?? view.account.siteId);
    case 'store':
      return view.store?.name;
    case 'pos':
      return view.pos && `${view.pos.name} · ${view.pos.externalId ?? view.pos.id}`;
    case 'amount':
      return facts.amount;
    case 'sticker':
      return view.stickerSha256 === undefined ? facts.noSticker : facts.sticker;
    case 'proof':
      return facts.proof;
    default:
      return undefined;
  }
}
