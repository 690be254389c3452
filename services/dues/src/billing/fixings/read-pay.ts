import { explainDues, judgePayItem, type PaySlip, payDeductions, payItems } from '@linghang/rulebook'
import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { settingsOn } from '../settings/settings.ts'
import { settingsStore } from '../settings/store.ts'
import { lineStore } from './line-store.ts'
import { fixingStore } from './store.ts'

const slipOf = (text: string): PaySlip =>
  JSON.parse(text, (_, value) => (typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : value))

/** The parts of a pay slip as they are shown, in the order of the rulebook, each with whether it counts. */
function shown({ kind, items, deductions }: PaySlip) {
  const counting = payItems.flatMap(item => {
    const fen = items[item]
    return fen === undefined ? [] : [{ item, fen, counts: judgePayItem(kind, item).counts }]
  })
  const taken = payDeductions.flatMap(item => {
    const fen = deductions[item]
    return fen === undefined ? [] : [{ item, fen }]
  })
  return { kind, items: counting, deductions: taken }
}

/**
 * What a line was worked out from: for the member, the branch that keeps it and the committees above, and nobody else,
 * though they see the line. None where it lacks something.
 */
export const payOfLine = one(async (work: Work, ids) => {
  const { tx, actor, supervision } = work
  const lines = await fixingStore.byIds(tx, actor.countyId, ids)
  const kept = await supervision.kept([...new Set(lines.map(({ orgId }) => orgId))])
  const own = lines.filter(({ orgId, memberId }) => kept.has(orgId) || memberId === actor.memberId)
  const sealed = await lineStore.paySlips(
    tx,
    own.map(({ id }) => id),
  )
  const decided = await settingsStore.decided(tx, actor.countyId)
  const told = own.flatMap(({ id, category, incomeFen, dueFen, fromMonth }) => {
    if (category === null || dueFen === null) return []
    const slip = sealed.get(id)
    const paySlip = slip === undefined ? null : shown(slipOf(work.seal().open(slip, 'pay-slip').toString('utf8')))
    const explain = explainDues({ category, incomeFen, on: fromMonth }, settingsOn(decided, fromMonth))
    return [[id, { incomeFen, paySlip, explain }] as const]
  })
  return new Map(told)
})
