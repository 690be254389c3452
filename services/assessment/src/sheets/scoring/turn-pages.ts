import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { packStore } from '../../packs/decisions/store.ts'
import { useCase } from '../../work.ts'
import { scoreStore } from './store.ts'

/**
 * A month that has turned makes spans be over, and another pack measures otherwise: everybody is scored anew. A day that is over
 * makes late what was to be done by it. In a transaction of its own, so that all lanes find afterwards who is to be scored.
 */
export const turnPages = useCase(
  'turnPages',
  async ({ tx, actor: { countyId }, today }, _: object): Promise<void> => {
    const packs = await packStore.decided(tx, countyId)
    const [first] = packs
    if (!first || !(await scoreStore.isAlone(tx, countyId, 'pages'))) return
    const signature = packs
      .map(({ key, version, effectiveFrom, until }) => `${key}/${version}/${effectiveFrom}/${until}`)
      .join(' ')
    const standing = await scoreStore.standing(tx, countyId)
    if (standing?.day === today && standing.packs === signature) return
    const sameRules = standing?.packs === signature
    if (sameRules && standing.month === monthOf(today))
      await scoreStore.touchOverdue(tx, countyId, {
        from: standing.day ?? first.effectiveFrom,
        until: addDays(today, -1),
      })
    else await scoreStore.touchAll(tx, countyId, sameRules ? addMonths(standing.month, -1) : first.effectiveFrom)
    await scoreStore.keepStanding(tx, countyId, today, signature)
  },
  { timeoutMs: 60_000 },
)
