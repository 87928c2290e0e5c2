/** A paired device: how it stands now, its tests, and what may be done with it. */
import { useState } from 'react';
import type { DeviceView } from '../../../src-main/core/contract/device-views.ts';
import type { DeviceRole } from '../../../src-main/core/domain/devices/device.ts';
import type { TryOutJob, TryOutResult } from '../../../src-main/core/domain/devices/try-out.ts';
import { useAct } from '../../bridge/use-act.ts';
import { useClient } from '../../bridge/client-context.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { ReasonSheet } from '../../components/reason-sheet.tsx';
import { useTill } from '../../hooks/use-till.ts';
import type { Words } from '../../text/words.ts';
import { CarrySheet } from './carry-sheet.tsx';
import { deviceFace, deviceFaultText } from './device-face.ts';

type DeviceProps = Readonly<{ device: DeviceView; onReplace: () => void; onAgain: () => void }>;

export function DevicePanel({ device, onReplace, onAgain }: DeviceProps) {
  const { words } = useTill();
  const text = words.devices;
  return (
    <div className="pairing-form device-panel" data-device={device.id}>
      <div className="pairing-choices">
        <State device={device} />
        <Facts device={device} />
        <Tests device={device} />
      </div>
      <div className="device-actions">
        <Button icon="sync" onPress={onAgain}>
          {text.again}
        </Button>
        <Button icon="search" onPress={onReplace}>
          {text.replace}
        </Button>
        <Carry device={device} />
        <Forget device={device} />
      </div>
    </div>
  );
}

function State({ device }: Readonly<{ device: DeviceView }>) {
  const { words, showTime } = useTill();
  const { fault, detail, sinceMs } = device.state;
  const face = deviceFace(words, device);
  const since = sinceMs > 0 ? words.devices.since(showTime(sinceMs)) : '';
  return (
    <output className="callout" data-tone={face.tone}>
      <Icon name={face.tone === 'paid' ? 'check' : face.tone === 'ended' ? 'question' : 'warning'} />
      <p>
        <strong>{device.name}</strong>
        {[face.words, since].filter((word) => word !== '').join(', ')}
        {fault !== undefined && <span>{deviceFaultText(words, fault).todo}</span>}
        {detail !== undefined && <small lang="en">{detail}</small>}
      </p>
    </output>
  );
}

function Facts({ device }: Readonly<{ device: DeviceView }>) {
  const { words } = useTill();
  const text = words.devices;
  const { paper, cover, drawer } = device.state;
  const facts: readonly (readonly [string, string])[] = [
    [text.facts.profile, device.profileName],
    [text.facts.line, device.lineText],
    ...(device.role === 'printer'
      ? ([
          [text.facts.paper, text.paper[paper]],
          [text.facts.cover, text.cover[cover]],
          [text.facts.drawer, text.drawer[drawer]],
        ] as const)
      : []),
  ];
  return (
    <dl className="device-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const TESTS = {
  printer: ['test-slip', 'status'],
  display: ['display-page'],
  'qr-display': ['display-page'],
  scanner: ['scan'],
} as const satisfies Readonly<Record<DeviceRole, readonly TryOutJob[]>>;

type ShownTest = keyof Words['devices']['tests'];

const TEST_ICONS: Readonly<Record<ShownTest, IconName>> = {
  'test-slip': 'printer',
  status: 'question',
  'drawer-pulse': 'drawer',
  'display-page': 'screen',
  scan: 'scan',
};

function Tests({ device }: Readonly<{ device: DeviceView }>) {
  const { words } = useTill();
  const text = words.devices;
  const client = useClient();
  const test = useAct('devices.test');
  const [result, setResult] = useState<TryOutResult>();
  const jobs: readonly ShownTest[] = [
    ...TESTS[device.role],
    ...(device.printer?.drawer ? (['drawer-pulse'] as const) : []),
  ];
  const run = async (job: TryOutJob) => {
    setResult(undefined);
    setResult(await test.run({ deviceId: device.id, job }));
  };
  return (
    <section className="device-tests" aria-label={text.test}>
      <div className="device-test-row">
        {jobs.map((job) => (
          <Button key={job} icon={TEST_ICONS[job]} isDisabled={test.isBusy} onPress={() => void run(job)}>
            {text.tests[job]}
          </Button>
        ))}
        {test.isBusy && <Button onPress={() => void client.call('devices.stop', {})}>{text.stop}</Button>}
      </div>
      <output className="device-result">{test.isBusy ? text.trying : result && resultWords(words, result)}</output>
    </section>
  );
}

function resultWords(words: Words, { outcome, problem, text }: TryOutResult): string {
  const said = words.devices.outcomes[outcome];
  if (problem) {
    const { title, todo } = deviceFaultText(words, problem.code);
    return `${said} ${title}. ${todo}`;
  }
  return text !== undefined && outcome === 'answered' ? words.devices.read(text) : said;
}

function Carry({ device }: Readonly<{ device: DeviceView }>) {
  const { words } = useTill();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon="qr" onPress={() => setOpen(true)}>
        {words.devices.carry}
      </Button>
      {isOpen && <CarrySheet deviceId={device.id} onClose={() => setOpen(false)} />}
    </>
  );
}

function Forget({ device }: Readonly<{ device: DeviceView }>) {
  const { words } = useTill();
  const text = words.devices;
  const forget = useAct('devices.forget');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button tone="danger" icon="cross" onPress={() => setOpen(true)}>
        {text.forget}
      </Button>
      <ReasonSheet
        title={text.forgetTitle}
        text={text.forgetText}
        reasons={text.forgetReasons}
        confirm={text.forget}
        tone="danger"
        isOpen={isOpen}
        isBusy={forget.isBusy}
        onClose={() => setOpen(false)}
        onReason={(reason) => {
          void forget.run({ deviceId: device.id, reason }).then(() => setOpen(false));
        }}
      />
    </>
  );
}
