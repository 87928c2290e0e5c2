/**
 * All displays of a till as one. A member that fails, hangs or breaks disturbs no other; one that joins shows at once what the others show.
 */
import type { CustomerDisplay, DisplayView } from '../../../core/application/ports/customer-display.ts';
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';

export interface DisplayGroup extends CustomerDisplay {
  /** It shows the newest view at once. What becomes of that is told to the caller. */
  add(member: CustomerDisplay): Promise<Result<void, DeviceFault>>;
  /** Closes it. Nothing happens for one that is no member. */
  remove(member: CustomerDisplay): Promise<void>;
}

/** `show` ends well when every member took the view; else with the first fault, which names its display. */
export function createDisplayGroup(members: readonly CustomerDisplay[] = []): DisplayGroup {
  const joined = new Set<CustomerDisplay>(members);
  let newest: DisplayView | undefined;

  return {
    get name() {
      return [...joined].map(({ name }) => name).join(' + ');
    },
    get capabilities() {
      const all = [...joined].map(({ capabilities }) => capabilities);
      return {
        columns: Math.max(0, ...all.map(({ columns }) => columns)),
        lines: Math.max(0, ...all.map(({ lines }) => lines)),
        qr: all.some(({ qr }) => qr),
      };
    },
    async show(view) {
      newest = view;
      const shown = await Promise.all([...joined].map((member) => showOn(member, view)));
      return shown.find((result) => !result.ok) ?? ok(undefined);
    },
    async add(member) {
      joined.add(member);
      return newest ? showOn(member, newest) : ok(undefined);
    },
    async remove(member) {
      if (joined.delete(member)) await member.close();
    },
    async close() {
      await Promise.allSettled([...joined].map((member) => member.close()));
      joined.clear();
    },
  };
}

async function showOn(member: CustomerDisplay, view: DisplayView): Promise<Result<void, DeviceFault>> {
  try {
    const shown = await member.show(view);
    return shown.ok ? shown : err({ ...shown.error, detail: `${member.name}: ${shown.error.detail}` });
  } catch (error) {
    // A bug in one display's driver must not leave the customer before the other displays without a word.
    return err({ code: 'io', sent: 'unknown', detail: `${member.name}: ${String(error)}` });
  }
}
