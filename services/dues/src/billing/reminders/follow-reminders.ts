import { publish } from '@linghang/events'
import { lightOf, monthToRemindOf } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { arrearsStore } from '../arrears/store.ts'
import { type CountyDuesSettings, settingsOn } from '../settings/settings.ts'
import { settingsStore } from '../settings/store.ts'
import type { DuesReminder } from './reminder.ts'
import { reminderStore } from './store.ts'

/** So many in a transaction: a county's end of a month is 47,000 reminders, and none waits for all of them. */
export const remindersAtOnce = 5_000

const tell = (work: Work, reminders: readonly DuesReminder[], settings: CountyDuesSettings): Promise<void> =>
  publish(
    work,
    reminders.map(({ closedOn, ...reminder }) => ({
      ...{ type: 'dues.reminder.changed.v1' as const, orgId: reminder.orgId, subject: reminder.id },
      data: {
        ...reminder,
        ...{ light: lightOf(reminder.months, settings), open: closedOn === null, version: Number(reminder.version) },
      },
    })),
  )

const settingsToday = async ({ tx, actor, today }: Work): Promise<CountyDuesSettings> =>
  settingsOn(await settingsStore.decided(tx, actor.countyId), today)

/**
 * Ends reminders of what is done: paid, waived, confirmed, or the member has left. Of these members, at once with what was
 * done; or of the whole county, so many at a time.
 * @returns how many
 */
export async function closeReminders(work: Work, memberIds: readonly string[] | null): Promise<number> {
  // A payment that is on its way is seen, or sees what is written here.
  await arrearsStore.holdFollowing(work, memberIds)
  const closed = await reminderStore.close(work, memberIds, remindersAtOnce)
  if (closed.length > 0) await tell(work, closed, await settingsToday(work))
  return closed.length
}

/**
 * Reminds members of what is theirs to do, as the county has decided it: of a month's dues at its end, of a base to
 * confirm. Done again it changes nothing; so many at a time.
 * @returns how many are new
 */
export async function openReminders(work: Work): Promise<number> {
  await arrearsStore.holdFollowing(work, null)
  const settings = await settingsToday(work)
  const month = monthToRemindOf(work.today, settings)
  const opened = month === null ? [] : await reminderStore.remindOfMonth(work, month, remindersAtOnce)
  if (settings.askToConfirm && opened.length < remindersAtOnce) {
    const most = remindersAtOnce - opened.length
    opened.push(...(await reminderStore.remindOfBases(work, Number(work.today.slice(0, 4)), most)))
  }
  await tell(work, opened, settings)
  return opened.length
}
