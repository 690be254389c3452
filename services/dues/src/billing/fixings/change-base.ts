import { recordAudit, whenTaken } from '@linghang/access'
import { type BaseChange, baseChangeOn } from '@linghang/rulebook'
import { useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import { type FixingLine, whyOf } from './fixing-line.ts'
import { baseSaid } from './hold-lines.ts'
import { lineStore } from './line-store.ts'
import type { SaidBase } from './said-base.ts'
import { fixingStore } from './store.ts'

export type ChangeBase = SaidBase & { memberId: string; changedOn: string }

/**
 * The last line of somebody's year, held until the transaction ends: of whom the actor keeps, and their own.
 * @throws DomainError NOT_FOUND, DUES_NOTHING_FIXED, DUES_BASE_NOT_CHECKED
 */
async function holdLast(work: Work, memberId: string, year: number) {
  const { tx, actor, supervision } = work
  await fixingStore.lockMember(tx, memberId)
  const last = (await fixingStore.ofMembers(tx, actor.countyId, [memberId], year)).at(-1)
  const isOwn = memberId === actor.memberId
  if (!last)
    return isOwn ? fail('DUES_NOTHING_FIXED', { found: year }) : fail('NOT_FOUND', { what: `Member:${memberId}` })
  if (!isOwn && !(await supervision.kept([last.orgId])).has(last.orgId))
    return fail('NOT_FOUND', { what: `Member:${memberId}` })
  const { state, category } = last
  if (state !== 'CHECKED' || category === null) return fail('DUES_BASE_NOT_CHECKED')
  return { ...last, category, by: isOwn ? ('MEMBER' as const) : ('KEEPER' as const) }
}

/** @throws DomainError DUES_BASE_STAYS, DUES_CHANGE_NEXT_YEAR, DUES_CHANGE_BEFORE_LAST */
function requireChange(last: FixingLine & { category: SaidBase['category'] }, said: ChangeBase): BaseChange {
  const change = baseChangeOn(said.changedOn, last.category, said.category)
  if (change === null) return fail('DUES_BASE_STAYS', { found: last.year })
  const { fromMonth } = change
  if (Number(fromMonth.slice(0, 4)) !== last.year) fail('DUES_CHANGE_NEXT_YEAR', { wanted: fromMonth.slice(0, 4) })
  if (fromMonth <= last.fromMonth)
    fail('DUES_CHANGE_BEFORE_LAST', { found: fromMonth.slice(0, 7), wanted: last.fromMonth.slice(0, 7) })
  return change
}

/**
 * Fixes somebody's dues anew in the course of a year, as far as the law allows (`baseChangeOn`): since 2017 another category
 * (retired, laid off, a student …), never another pay alone. It is a new line from the month which the rule names; the old
 * one stays for the months before. By whoever keeps the branch, or by the member, to which the branch then agrees; it is
 * confirmed and checked as any other.
 * @returns the new line's id
 * @throws DomainError NOT_FOUND, BAD_INPUT, DUES_NOTHING_FIXED, DUES_BASE_NOT_CHECKED, DUES_BASE_STAYS,
 *   DUES_CHANGE_NEXT_YEAR, DUES_CHANGE_BEFORE_LAST, CONFLICT
 */
export const changeDuesBase = useCase(
  'changeDuesBase',
  async (work, input: ChangeBase): Promise<string> => {
    const { tx, actor, today } = work
    const { memberId, changedOn } = input
    const [first, year] = [`${today.slice(0, 4)}-01-01`, Number(today.slice(0, 4))]
    if (changedOn < first || changedOn > today)
      fail('BAD_INPUT', {
        ...{ field: 'changedOn', found: changedOn, wanted: `${first} to ${today}`, wantedZh: `${first} 至 ${today}` },
      })
    const { by, ...last } = await holdLast(work, memberId, year)
    const { ground, fromMonth } = requireChange(last, input)
    const { category, incomeFen, paySlip } = input
    const { paySlipSealed, ...base } = await baseSaid(work, { category, incomeFen, paySlip }, fromMonth)
    const { id: _, fixingId, orgId } = last
    const line: FixingLine = {
      ...{ ...base, id: work.newId(), orgId, memberId, fixingId, year, ground, changedOn, fromMonth },
      ...{ lastCategory: last.category, lastBaseFen: last.baseFen, lastDueFen: last.dueFen },
      ...{ why: whyOf(base, { ...last, dueFen: last.dueFen ?? 0n }), state: by === 'MEMBER' ? 'CLAIMED' : 'CORRECTED' },
      ...{ confirmedHow: null, confirmedOn: null, checkedOn: null, version: 1 },
    }
    await lineStore
      .insert(tx, { ...line, countyId: actor.countyId, paySlipSealed })
      .catch(whenTaken(() => fail('CONFLICT', { what: `Member:${memberId}` })))
    await recordAudit(work, [
      { orgId, action: `dues-base.changed: ${ground}`, subjectType: 'DuesFixingLine', subjectId: line.id },
    ])
    return line.id
  },
  { rights: 'COUNTY' },
)
