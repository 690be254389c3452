import { createHash } from 'node:crypto'
import { recordAudit, whenTaken } from '@linghang/access'
import { publish } from '@linghang/events'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { closedYearOf } from '../books/read-year.ts'
import { frozen } from '../books/year-statement.ts'
import { fail } from './errors.ts'
import { type Report, type ReportContent, reportState } from './report.ts'
import { reportStore } from './store.ts'

const longestRemarks = 2_000

export type SubmitReport = { orgId: string; year: number; experience: string; proposals: string }

/**
 * Reports a year's dues to the organisation directly above (党费规定 2008, arts. 26, 28): from books that are closed, with all
 * below, frozen as they are then; what cannot be counted is typed. By whoever keeps those books, once; again only after it
 * was returned.
 * @returns the report's id
 * @throws DomainError NOT_FOUND, BAD_INPUT, NO_DUES_ACCOUNT_TO_TELL_OF, DUES_YEAR_NOT_CLOSED, NOBODY_TO_REPORT_TO, DUES_REPORTED_ALREADY
 */
export const submitReport = useCase(
  'submitDuesReport',
  async (work, { orgId, year, experience, proposals }: SubmitReport): Promise<string> => {
    const { tx, actor, now, today } = work
    const { orgName, code, statement } = await closedYearOf(work, orgId, year)
    const superiorId = await reportStore.superiorOf(tx, actor.countyId, orgId)
    if (superiorId === null) return fail('NOBODY_TO_REPORT_TO', { code })
    const latest = (await reportStore.latestOf(tx, actor.countyId, [orgId], year)).get(orgId)
    if (latest && reportState(latest) === 'SUBMITTED') fail('DUES_REPORTED_ALREADY', { year })
    const told: ReportContent = {
      ...statement,
      experience: requireReason(experience, 'experience', longestRemarks),
      proposals: requireReason(proposals, 'proposals', longestRemarks),
    }
    const content = frozen(told)
    const report: Report = {
      ...{ id: work.newId(), orgId, superiorId, year, edition: (latest?.edition ?? 0) + 1, orgName, content },
      contentHash: createHash('sha256').update(content).digest(),
      ...{ submittedOn: today, submittedAt: now, submittedBy: actor.accountId },
      ...{ returnedOn: null, returnedAt: null, returnReason: null },
    }
    const { id, edition, contentHash } = report
    await reportStore.insert(tx, actor.countyId, report).catch(whenTaken(() => fail('DUES_REPORTED_ALREADY', { year })))
    await recordAudit(work, [
      { orgId, action: 'dues-report.submitted', subjectType: 'DuesReport', subjectId: id, afterHash: contentHash },
    ])
    await publish(work, [
      {
        ...{ type: 'dues.report.submitted.v1', orgId, subject: orgId },
        data: { id, orgId, superiorId, year, on: today, version: 2 * edition - 1 },
      },
    ])
    return id
  },
  { rights: 'COUNTY' },
)
