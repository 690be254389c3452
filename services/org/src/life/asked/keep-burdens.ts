import { newestOf, reaction } from '@linghang/events'
import { askedStore } from '@linghang/subgraph'
import type { Work } from '../../work.ts'

const types = [
  'members.burden.counted.v1',
  'dues.burden.counted.v1',
  'assessment.burden.counted.v1',
  'workflows.burden.counted.v1',
] as const

/** Keeps what the other services have counted, so that whoever was asked for most of all stands first. */
export const keepBurdens = reaction(types, async ({ tx, actor }: Work, events) => {
  const newest = [...Map.groupBy(events, ({ type }) => type)].flatMap(([type, told]) =>
    newestOf(told, ({ orgId, month }) => `${orgId}/${month}`).map(one => ({
      ...one,
      service: type.split('.')[0] ?? '',
    })),
  )
  await askedStore.keepMonths(tx, actor.countyId, newest)
})
