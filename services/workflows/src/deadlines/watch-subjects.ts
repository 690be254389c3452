import type { RawTx } from '@linghang/access'
import { deadlineStore, type Subject } from './store.ts'

/**
 * Takes over, in the writer's transaction, what is due of these subjects now; their workflows are told afterwards.
 * @param subjects each at most once; an older version than the one that is known changes nothing
 * @param traceparents the trace that last changed each subject, by its id
 */
export const watchSubjects = (
  tx: RawTx,
  countyId: string,
  subjects: readonly Subject[],
  traceparents: ReadonlyMap<string, string>,
): Promise<void> => deadlineStore.watch(tx, countyId, subjects, traceparents)
