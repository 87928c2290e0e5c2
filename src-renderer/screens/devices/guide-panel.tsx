/** The guided test: one thing at a time, answered by a tap; what was seen becomes what the till knows of the device. */
import { useEffect, useRef, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import type { DevicesView } from '../../../src-main/core/contract/device-views.ts';
import { COLUMNS_MAX, COLUMNS_MIN } from '../../../src-main/core/domain/devices/pairing-guide.ts';
import type { GuideStep } from '../../../src-main/core/domain/devices/pairing-guide.ts';
import type { DeviceDraft, TryOutResult } from '../../../src-main/core/domain/devices/try-out.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useNotices } from '../../components/notices.tsx';
import { useTill } from '../../hooks/use-till.ts';
import type { Words } from '../../text/words.ts';
import { deviceFaultText } from './device-face.ts';
import { useGuide } from './use-guide.ts';
import type { Guide } from './use-guide.ts';

type GuideProps = Readonly<{
  view: DevicesView;
  draft: DeviceDraft;
  id: string | undefined;
  onChange: () => void;
  onSaved: () => void;
}>;

export function GuidePanel(props: GuideProps) {
  const profile = props.view.profiles.find(({ id, role }) => id === props.draft.profileId && role === props.draft.role);
  return profile ? <Guided {...props} profile={profile} /> : null;
}

function Guided({
  draft,
  profile,
  id,
  onChange,
  onSaved,
}: GuideProps & Readonly<{ profile: DevicesView['profiles'][number] }>) {
  const { words } = useTill();
  const text = words.devices;
  const guide = useGuide(draft, profile);
  const hasBegun = useRef(false);
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    guide.begin();
  });
  const { step } = guide;
  return (
    <div className="pairing-form device-guide" data-step={step.kind}>
      <div className="pairing-choices">
        <p className="device-step">
          {draft.name}
          {step.kind === 'ask' && ` · ${text.stepOf(guide.asked + 1)}`}
        </p>
        <GuideBody guide={guide} />
      </div>
      <div className="device-actions">
        {guide.takeBack && (
          <Button tone="quiet" icon="undo" onPress={guide.takeBack}>
            {text.previous}
          </Button>
        )}
        {!guide.isTrying && step.kind !== 'ask' && (
          <Button icon="sync" onPress={guide.begin}>
            {text.tryAgain}
          </Button>
        )}
        {step.kind === 'stopped' && (
          <Button tone="primary" icon="settings" onPress={onChange}>
            {text.change}
          </Button>
        )}
        {step.kind === 'finished' && <SaveButton draft={{ ...draft, ...step.traits }} id={id} onSaved={onSaved} />}
      </div>
    </div>
  );
}

function SaveButton({
  draft,
  id,
  onSaved,
}: Readonly<{ draft: DeviceDraft; id: string | undefined; onSaved: () => void }>) {
  const { words } = useTill();
  const { showNote } = useNotices();
  const pair = useAct('devices.pair');
  async function save() {
    const saved = await pair.run({ device: { ...draft, ...(id !== undefined && { id }) } });
    if (!saved) return;
    showNote({ text: words.devices.saved(saved.name), tone: 'good' });
    onSaved();
  }
  return (
    <Button tone="primary" icon="check" isBusy={pair.isBusy} onPress={() => void save()}>
      {words.devices.save}
    </Button>
  );
}

function GuideBody({ guide }: Readonly<{ guide: Guide }>) {
  const { words } = useTill();
  const { step } = guide;
  switch (step.kind) {
    case 'try':
      return <Trying step={step} guide={guide} />;
    case 'ask':
      return <Question key={step.id} step={step} guide={guide} />;
    case 'stopped':
      return <Stopped step={step} result={guide.result} words={words} />;
    case 'finished':
      return <Finished step={step} words={words} />;
    default:
      return null;
  }
}

type StepOf<Kind extends GuideStep['kind']> = Extract<GuideStep, { kind: Kind }>;

function Trying({ step, guide }: Readonly<{ step: StepOf<'try'>; guide: Guide }>) {
  const { words } = useTill();
  const text = words.devices;
  if (!guide.isTrying) return null;
  return (
    <div className="pairing-centre" data-tone="waiting">
      <span className="spinner" />
      <p>{step.job === 'scan' ? text.waitingScan : text.trying}</p>
      <Button onPress={guide.stopWaiting}>{text.stop}</Button>
    </div>
  );
}

function Question({ step, guide }: Readonly<{ step: StepOf<'ask'>; guide: Guide }>) {
  const { words } = useTill();
  const text = words.devices;
  const read = step.id === 'scan-right' ? guide.result?.text : undefined;
  return (
    <>
      <h2 className="device-question">{text.questions[step.id]}</h2>
      {read !== undefined && <code className="pairing-code">{read}</code>}
      <div className="device-answers" data-short={step.takesNumber}>
        {step.choices.map((choice) => (
          <Button key={choice} size="large" onPress={() => guide.say(choice)}>
            {answerWord(words, choice)}
          </Button>
        ))}
      </div>
      {step.takesNumber && <OtherNumber onNumber={guide.say} />}
    </>
  );
}

/** A number, a page by its name: what has no word of its own stands on the test paper as it is. */
function answerWord(words: Words, choice: string): string {
  const known: Readonly<Record<string, string>> = words.devices.answers;
  return known[choice] ?? choice;
}

function OtherNumber({ onNumber }: Readonly<{ onNumber: (number: string) => void }>) {
  const { words } = useTill();
  const [typed, setTyped] = useState('');
  const number = /^\d{2}$/.test(typed) ? Number(typed) : 0;
  return (
    <div className="device-number">
      <TextField className="field" value={typed} onChange={setTyped} maxLength={2}>
        <Label>{words.devices.otherNumber}</Label>
        <Input inputMode="numeric" />
      </TextField>
      <Button
        size="large"
        icon="arrowRight"
        isDisabled={number < COLUMNS_MIN || number > COLUMNS_MAX}
        onPress={() => onNumber(typed)}
      >
        {words.devices.lineNext}
      </Button>
    </div>
  );
}

type StoppedProps = Readonly<{ step: StepOf<'stopped'>; result: TryOutResult | undefined; words: Words }>;

function Stopped({ step, result, words }: StoppedProps) {
  const { title, todo } = words.devices.stops[step.because];
  const problem = step.because === 'not-reached' ? result?.problem : undefined;
  const cause = problem && deviceFaultText(words, problem.code);
  return (
    <>
      <div className="callout" data-tone="danger" role="alert">
        <Icon name="warning" />
        <p>
          <strong>{cause?.title ?? title}</strong>
          {cause?.todo ?? todo}
        </p>
      </div>
      {problem && (
        <p className="pairing-detail" lang="en">
          {problem.step}: {problem.detail}
        </p>
      )}
    </>
  );
}

function Finished({ step, words }: Readonly<{ step: StepOf<'finished'>; words: Words }>) {
  const text = words.devices;
  const hasRemarks = step.remarks.length > 0;
  return (
    <>
      <div className="callout" data-tone="paid">
        <Icon name="check" />
        <p>
          <strong>{text.finishedTitle}</strong>
          {hasRemarks ? text.finishedRemarks : text.finishedGood}
        </p>
      </div>
      {hasRemarks && (
        <ul className="device-remarks">
          {step.remarks.map((remark) => (
            <li key={remark}>{text.remarks[remark]}</li>
          ))}
        </ul>
      )}
    </>
  );
}
