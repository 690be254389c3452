import { reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { drawStore } from '../draws/store.ts'
import { tellDraw } from '../draws/tell-draw.ts'
import { reviewStore } from './store.ts'

/** A branch that has ended is not waited for: its committee is not reminded of what nobody can judge any more. */
export const hearEnded = reaction(['org.organisation.ended.v1'], async (work: Work, events) => {
  const { tx, actor } = work
  const ended = events.map(({ data }) => data.id)
  for (const id of await reviewStore.drawsWaitingFor(tx, actor.countyId, ended)) {
    const draw = await drawStore.lock(tx, actor.countyId, id)
    if (draw) await tellDraw(work, draw, await reviewStore.waiting(tx, id, ended))
  }
})
