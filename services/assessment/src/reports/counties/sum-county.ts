import { packStore } from '../../packs/decisions/store.ts'
import { useCase } from '../../work.ts'
import { definitionsOf } from '../indices/series.ts'
import { sumStore } from './sum-store.ts'

/** Works out anew what a county's sheets come to, where some were written since. @returns whether it did: 1 or 0 */
export const sumCounty = useCase(
  'sumCounty',
  async ({ tx, actor }, _: Record<string, never>): Promise<number> => {
    const due = await sumStore.due(tx, actor.countyId)
    if (!due || !(await sumStore.isAlone(tx, actor.countyId))) return 0
    const packs = await packStore.decided(tx, actor.countyId)
    await sumStore.sumAgain(tx, actor.countyId, due.from, definitionsOf(packs))
    await sumStore.keep(tx, actor.countyId, due.marks)
    return 1
  },
  { timeoutMs: 60_000 },
)
