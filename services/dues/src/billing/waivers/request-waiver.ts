import { recordAudit } from '@linghang/access'
import { addDays, addMonths, duesRulesOn, monthOf, waiverSpanRefused } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { useCase, type Work } from '../../work.ts'
import { recordStore } from '../records/store.ts'
import { fail } from './errors.ts'
import { waiverStore } from './store.ts'
import type { Waiver, WaiverGround } from './waiver.ts'

export type RequestWaiver = WaiverGround & {
  memberId: string
  /** Any day of the first and of the last month. */
  fromMonth: string
  toMonth: string
  partFen: bigint | null
  studiedOn: string
  studyNumber: string
}

/** How far back a study may lie: what a branch found a year ago says nothing of today. */
const studyMonths = 12

/** @throws DomainError BAD_INPUT */
function requireSpan(fromMonth: string, toMonth: string, today: string): void {
  const refused = waiverSpanRefused(fromMonth, toMonth, today)
  if (refused === null) return
  const { field, earliest, latest } = refused
  const [first, last] = [earliest.slice(0, 7), latest.slice(0, 7)]
  fail('BAD_INPUT', {
    ...{ field, found: field === 'fromMonth' ? fromMonth : toMonth },
    ...{ wanted: `a month from ${first} to ${last}`, wantedZh: `${first} 至 ${last} 之间的月份` },
  })
}

/** @throws DomainError BAD_INPUT for a part that is none, or more than is generally owed a month */
function requirePart(partFen: bigint | null, today: string): void {
  const most = duesRulesOn(today).usualAtMost?.fen ?? 0n
  if (partFen !== null && (partFen < 1n || partFen > most))
    fail('BAD_INPUT', {
      ...{ field: 'partFen', found: `${partFen}`, wanted: `1 to ${most} fen`, wantedZh: `1 至 ${most} 分` },
    })
}

/** @throws DomainError NOT_FOUND for whom the actor's branches do not have, DUES_NOT_OWED */
async function requireOwing({ tx, actor, supervision }: Work, memberId: string): Promise<string> {
  const [record] = await recordStore.byMembers(tx, actor.countyId, [memberId])
  if (!record || !(await supervision.kept([record.orgId])).has(record.orgId))
    return fail('NOT_FOUND', { what: `Member:${memberId}` })
  if (!record.owes) fail('DUES_NOT_OWED')
  return record.orgId
}

/**
 * Asks for fewer dues or none for a member in hardship, whose case the branch has studied (党费规定 2008, art. 7). By
 * whoever keeps the branch; the committee above decides. What the hardship is, is kept sealed.
 * @returns the waiver's id
 * @throws DomainError NOT_FOUND, DUES_NOT_OWED, BAD_INPUT, DUES_WAIVED_ALREADY
 */
export const requestDuesWaiver = useCase(
  'requestDuesWaiver',
  async (work, input: RequestWaiver): Promise<string> => {
    const { tx, actor, today } = work
    const { memberId, partFen, studiedOn, hardship } = input
    const orgId = await requireOwing(work, memberId)
    const [fromMonth, toMonth] = [monthOf(input.fromMonth), monthOf(input.toMonth)]
    requireSpan(fromMonth, toMonth, today)
    requirePart(partFen, today)
    const earliest = addDays(addMonths(today, -studyMonths), 1)
    if (studiedOn < earliest || studiedOn > today)
      fail('BAD_INPUT', {
        ...{ field: 'studiedOn', found: studiedOn },
        ...{ wanted: `${earliest} to ${today}`, wantedZh: `${earliest} 至 ${today}` },
      })
    const ground = { hardship, reason: requireReason(input.reason) }
    const waiver: Waiver = {
      ...{ id: work.newId(), orgId, memberId, fromMonth, toMonth, askedToMonth: toMonth, partFen, studiedOn },
      ...{ studyNumber: requireReason(input.studyNumber, 'studyNumber', 50), state: 'REQUESTED' },
      ...{ requestedOn: today, requestedBy: actor.accountId, decidedOn: null, committeeId: null, endedOn: null },
      version: 1,
    }
    const hardshipSealed = new Uint8Array(work.seal().seal(JSON.stringify(ground), 'dues-hardship'))
    await waiverStore.insert(tx, { ...waiver, countyId: actor.countyId, hardshipSealed }, () =>
      fail('DUES_WAIVED_ALREADY'),
    )
    await recordAudit(work, [
      { orgId, action: 'dues-waiver.requested', subjectType: 'DuesWaiver', subjectId: waiver.id },
    ])
    return waiver.id
  },
  { rights: 'COUNTY' },
)
