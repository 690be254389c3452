import { newestOf, reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { matterStore } from './matter-store.ts'

/** Keeps what development cases have due: a plan sees to it that a meeting comes in time. */
export const keepMatters = reaction(['members.case.changed.v1'], async ({ tx, actor }: Work, events) => {
  await matterStore.write(
    tx,
    actor.countyId,
    newestOf(events, ({ id }) => id),
  )
})
