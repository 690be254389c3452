import { packStore } from '../../packs/decisions/store.ts'
import { useCase } from '../../work.ts'
import { publishedStore } from '../published/store.ts'
import { derivationOf, hashOf } from '../scoring/derivation.ts'
import { planFor } from '../scoring/plans.ts'
import { workOut } from '../scoring/score-touched.ts'
import { scoreStore } from '../scoring/store.ts'

const atOnce = { MEMBER: 500, ORGANISATION: 100 } as const

/** Publishes a few more sheets of what is being published. @returns how many; 0: nothing is left */
export const publishBatch = useCase(
  'publishBatch',
  async (work, _: Record<string, never>): Promise<number> => {
    const { tx, actor, today } = work
    const [under] = await publishedStore.publications(tx, actor.countyId, 'PUBLISHING')
    if (!under) return 0
    const period = { from: under.periodFrom, until: under.periodUntil }
    for (const type of ['MEMBER', 'ORGANISATION'] as const) {
      const next = await publishedStore.next(tx, actor.countyId, period, type, atOnce[type])
      if (next.length === 0) continue
      const packs = await packStore.decided(tx, actor.countyId)
      for (const group of Map.groupBy(next, ({ packKey, packVersion }) => `${packKey}/${packVersion}`).values()) {
        const pack = packs.find(({ key, version }) => key === group[0]?.packKey && version === group[0].packVersion)
        if (!pack) throw new Error('a sheet was worked out by a pack that is not there')
        const rows = new Map(group.map(row => [row.subjectId, row]))
        const sheets = await workOut(work, planFor(actor.countyId, pack, period), type, [...rows.keys()])
        const versions = sheets.flatMap(sheet => {
          const { id, version } = rows.get(sheet.subjectId) ?? {}
          const derivation = derivationOf(sheet)
          return id && version ? [{ id, version, sheet, derivation, hash: hashOf(derivation) }] : []
        })
        await publishedStore.append(tx, actor.countyId, versions, today)
      }
      await publishedStore.mark(
        tx,
        actor.countyId,
        period,
        next.map(({ id }) => id),
        today,
      )
      await scoreStore.markSums(tx, actor.countyId, period.until)
      return next.length
    }
    await publishedStore.finish(tx, actor.countyId, period)
    return 0
  },
  { timeoutMs: 60_000 },
)
