import { planOf } from '../../engine/plan.ts'
import type { SubjectType } from '../../facts/fact.ts'
import { useCase } from '../../work.ts'
import { workOut } from '../scoring/score-touched.ts'
import { differencesOf } from './difference.ts'
import { dryRunStore } from './store.ts'

const atOnce = { MEMBER: 500, BRANCH: 100, ABOVE: 100 } as const
const after = { MEMBER: 'BRANCH', BRANCH: 'ABOVE', ABOVE: null } as const

/** Tries the pack on a few more, members first since branches rest on them. @returns how many; 0: nothing is left */
export const runDryBatch = useCase(
  'runDryBatch',
  async (work, _: Record<string, never>): Promise<number> => {
    const { tx, actor, now } = work
    const run = await dryRunStore.running(tx, actor.countyId)
    if (!run) return 0
    const { id, stage, document } = run
    const period = { from: run.periodFrom, until: run.periodUntil }
    const ids = await dryRunStore.subjects(tx, actor.countyId, stage, run.after, atOnce[stage])
    if (ids.length === 0) {
      const next = after[stage]
      const to = { state: next === null ? ('DONE' as const) : ('RUNNING' as const), stage: next ?? stage, after: null }
      await dryRunStore.move(tx, id, to, next === null ? now : null)
      return next === null ? 0 : 1
    }
    const type: SubjectType = stage === 'MEMBER' ? 'MEMBER' : 'ORGANISATION'
    const plan = planOf({ key: document.key, version: 0, document }, period)
    const scores = (of: SubjectType, orgIds: readonly string[]) => dryRunStore.scores(tx, id, of, orgIds)
    const sheets = new Map((await workOut(work, plan, type, ids, scores)).map(sheet => [sheet.subjectId, sheet]))
    const kept = await dryRunStore.kept(tx, actor.countyId, ids, period)
    const rows = ids.flatMap(subjectId => {
      const [later, then] = [sheets.get(subjectId) ?? null, kept.get(subjectId) ?? null]
      const orgId = later?.orgId ?? then?.orgId
      if (orgId === undefined) return []
      return [
        {
          ...{ subjectId, orgId, subjectType: type, before: then?.score ?? null, after: later?.score ?? null },
          ...{ change: (later?.score ?? 0) - (then?.score ?? 0), litMonths: later?.litMonths ?? {} },
          differences: differencesOf(then?.totals ?? null, later),
        },
      ]
    })
    await dryRunStore.write(tx, actor.countyId, id, rows)
    await dryRunStore.move(tx, id, { state: 'RUNNING', stage, after: ids.at(-1) ?? null }, null)
    return ids.length
  },
  { timeoutMs: 60_000 },
)
