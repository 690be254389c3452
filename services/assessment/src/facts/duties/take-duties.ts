import { shanghaiDay } from '@linghang/access'
import { reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { factStore } from '../journal/store.ts'
import { type DutyRecord, tellDuties } from './duty.ts'
import { dutyTypes, standOf } from './stands-of.ts'
import { dutyStore } from './store.ts'

/** What was to be done by a day becomes facts: by all that was told of a record, whichever of it came last. */
export const takeDuties = reaction(dutyTypes, async ({ tx, actor: { countyId } }: Work, events) => {
  const told = events.flatMap(event => standOf(event, { on: shanghaiDay(new Date(event.time)) }) ?? [])
  if (told.length === 0) return
  await factStore.lock(tx, countyId, 'FACTS')
  const known = await dutyStore.write(tx, countyId, told)
  const records = new Map<string, DutyRecord>(
    told.map(({ record }) => [`${record.toldAs}/${record.source.id}`, record]),
  )
  const tellings = [...records].flatMap(([key, record]) => {
    const stands = known.get(key)
    return stands ? [tellDuties(record, stands)] : []
  })
  await factStore.write(tx, countyId, tellings, 'ALSO_SAME')
})
