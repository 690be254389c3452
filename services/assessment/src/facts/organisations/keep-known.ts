import { shanghaiDay } from '@linghang/access'
import { reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { organisationStore } from './store.ts'

/** From the day on which an organisation was told of, what it does is known here; what was before is not (R10). */
export const keepKnown = reaction(['org.organisation.registered.v1'], ({ tx, actor }: Work, events) =>
  organisationStore.write(
    tx,
    actor.countyId,
    events.map(({ data, time }) => ({ orgId: data.id, since: shanghaiDay(new Date(time)) })),
  ),
)
