import { publish } from '@linghang/events'
import { arrearsDates } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { settingsOn } from '../settings/settings.ts'
import { settingsStore } from '../settings/store.ts'
import { arrearsStore } from './store.ts'

/**
 * Lets arrears follow the bills, of these members or of the whole county, and tells whoever reminds of them: the days on
 * which the branch talks, is warned, hears the matter. Done again it changes nothing; what is paid goes out.
 * @returns how many have changed
 */
export async function followArrears(work: Work, memberIds: readonly string[] | null): Promise<number> {
  const changed = await arrearsStore.follow(work, memberIds)
  if (changed.length === 0) return 0
  const ladder = settingsOn(await settingsStore.decided(work.tx, work.actor.countyId), work.today)
  await publish(
    work,
    changed.map(arrears => ({
      ...{ type: 'dues.arrears.changed.v1' as const, orgId: arrears.orgId, subject: arrears.id },
      data: {
        ...{ id: arrears.id, memberId: arrears.memberId, orgId: arrears.orgId, sinceMonth: arrears.sinceMonth },
        ...{
          months: arrears.months,
          openedOn: arrears.openedOn,
          matterOn: arrears.matterOn,
          closedOn: arrears.closedOn,
        },
        dates: arrearsDates(arrears.sinceMonth, ladder).map(({ rule, dueOn, citation }) => ({
          rule,
          dueOn,
          ...citation,
        })),
        version: Number(arrears.version),
      },
    })),
  )
  return changed.length
}
