/** From what a device calls itself to a profile of ours: a suggestion, which the test slip then proves or not. Pure. */
import type { DeviceProfile, Identified } from '../../../core/application/ports/device-workshop.ts';

const USUAL = { role: 'printer', profileId: 'generic-80mm' } as const;

export function suggestFor(
  { answer, model }: Pick<Identified, 'answer' | 'model'>,
  profiles: readonly DeviceProfile[],
): Identified['suggested'] {
  if (answer === 'silent' || answer === 'not-reached') return undefined;
  const printers = profiles.filter(({ role }) => role === 'printer');
  const said = plain(model ?? '');
  const named = printers
    .map(({ id }) => ({ id, mark: markOf(id) }))
    .filter(({ mark }) => mark.length >= MARK_LENGTH_MIN && said.includes(mark))
    .toSorted((left, right) => right.mark.length - left.mark.length)[0];
  if (named) return { role: 'printer', profileId: named.id };
  if (answer === 'escpos') return printers.some(({ id }) => id === USUAL.profileId) ? USUAL : undefined;
  const star = printers.find(({ status }) => status === 'star-asb');
  return star && { role: 'printer', profileId: star.id };
}

/** `epson-tm-t88` is known by `tmt88`, which `EPSON TM-T88V` holds. A width is no name. */
function markOf(profileId: string): string {
  const [, ...model] = profileId.split('-');
  const mark = plain(model.join(''));
  return /^\d+mm$/.test(mark) ? '' : mark;
}

const MARK_LENGTH_MIN = 3;

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
