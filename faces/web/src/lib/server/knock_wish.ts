import { allow_knocks, ask_not_to_knock } from '#modules/visits/index.ts';
import { act, text } from './act.ts';

type Visit = Parameters<typeof act>[0];

/** What a household asks for about knocking, from a form with `wish` (allow, no_knock, only_between), `from` and `until`. */
export async function writeKnockWish(form: FormData, visit: Visit, household_id: string | undefined): Promise<void> {
  const wish = text(form, 'wish');
  const id = text(form, 'command_id');
  if (wish === 'allow') await act(visit, allow_knocks, { household_id }, id);
  else
    await act(
      visit,
      ask_not_to_knock,
      {
        household_id,
        wish,
        ...(wish === 'only_between' && { from_minute: minute('from'), until_minute: minute('until') }),
      },
      id,
    );

  function minute(name: string): number {
    const [hours, minutes] = (text(form, name) ?? '').split(':').map(Number);
    return (hours ?? 0) * 60 + (minutes ?? 0);
  }
}
