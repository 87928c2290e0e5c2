/** One role: the device that is paired, or the way to one: look, say what it is, try it out, save. */
import { useState } from 'react';
import type { DevicesView } from '../../../src-main/core/contract/device-views.ts';
import type { DeviceRole, FoundLine, LineAddress } from '../../../src-main/core/domain/devices/device.ts';
import type { DeviceDraft } from '../../../src-main/core/domain/devices/try-out.ts';
import { DevicePanel } from './device-panel.tsx';
import { DraftPanel } from './draft-panel.tsx';
import { FindPanel } from './find-panel.tsx';
import { GuidePanel } from './guide-panel.tsx';
import { ImportPanel } from './import-panel.tsx';
import { LinePanel } from './line-panel.tsx';

/** What is known before the model is chosen. */
export type Start = Readonly<{
  line: LineAddress;
  label?: string;
  identity?: FoundLine['identity'];
  profileId?: string;
  /** The paired device that is tried again. */
  id?: string;
  /** Somebody has chosen the speed of the line already: a model does not change it. */
  isSpeedKnown?: true;
}>;

type Stage =
  | Readonly<{ name: 'device' | 'find' | 'line' | 'import' }>
  | Readonly<{ name: 'draft'; start: Start }>
  | Readonly<{ name: 'guide'; draft: DeviceDraft; id?: string }>;

export function RolePanel({ view, role }: Readonly<{ view: DevicesView; role: DeviceRole }>) {
  const device = view.devices.find((one) => one.role === role);
  const [stage, setStage] = useState<Stage>({ name: 'device' });
  const find = (): void => setStage({ name: 'find' });
  const asDraft = (start: Start): void => setStage({ name: 'draft', start });
  const shown = stage.name === 'device' && !device ? 'find' : stage.name;

  if (shown === 'device' && device) {
    const { id, line, name, identity, profileId } = device;
    return (
      <DevicePanel
        device={device}
        onReplace={find}
        onAgain={() => asDraft({ id, line, label: name, profileId, isSpeedKnown: true, ...(identity && { identity }) })}
      />
    );
  }
  if (shown === 'line') return <LinePanel role={role} onLine={(line) => asDraft({ line })} onBack={find} />;
  if (shown === 'import')
    return (
      <ImportPanel
        role={role}
        onBack={find}
        onDraft={({ line, name, profileId, identity }) =>
          asDraft({ line, label: name, profileId, isSpeedKnown: true, ...(identity && { identity }) })
        }
      />
    );
  if (stage.name === 'draft')
    return (
      <DraftPanel
        view={view}
        role={role}
        start={stage.start}
        onBack={device ? () => setStage({ name: 'device' }) : find}
        onDraft={(draft) =>
          setStage({ name: 'guide', draft, ...(stage.start.id !== undefined && { id: stage.start.id }) })
        }
      />
    );
  if (stage.name === 'guide') {
    const { draft, id } = stage;
    const { line, name, profileId, identity } = draft;
    return (
      <GuidePanel
        view={view}
        draft={draft}
        id={id}
        onChange={() =>
          asDraft({
            line,
            label: name,
            profileId,
            isSpeedKnown: true,
            ...(identity && { identity }),
            ...(id !== undefined && { id }),
          })
        }
        onSaved={() => setStage({ name: 'device' })}
      />
    );
  }
  return (
    <FindPanel
      view={view}
      role={role}
      onFound={({ line, label, identity, suggested }) =>
        asDraft({
          line,
          label,
          ...(identity && { identity }),
          ...(suggested?.role === role && { profileId: suggested.profileId }),
        })
      }
      onByHand={() => setStage({ name: 'line' })}
      onImport={() => setStage({ name: 'import' })}
      onBack={device ? () => setStage({ name: 'device' }) : undefined}
    />
  );
}
