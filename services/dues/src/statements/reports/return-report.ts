import { recordAudit } from '@linghang/access'
import { publish } from '@linghang/events'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { reportState } from './report.ts'
import { reportStore } from './store.ts'

/**
 * Returns a report to be corrected, by whoever keeps the register of the organisation to which it went, or of one above it:
 * never by those who have reported.
 * @returns the report's id
 * @throws DomainError NOT_FOUND, REPORT_IS_OWN, BAD_INPUT without a reason, REPORT_RETURNED_ALREADY
 */
export const returnReport = useCase(
  'returnDuesReport',
  async (work, { id, reason }: { id: string; reason: string }): Promise<string> => {
    const { tx, actor, now, today } = work
    const report = await reportStore.hold(tx, actor.countyId, id)
    if (!report || !(await work.supervision.seen([report.orgId])).has(report.orgId))
      return fail('NOT_FOUND', { what: `DuesReport:${id}` })
    const { orgId, superiorId, year, edition } = report
    if (!(await work.supervision.kept([superiorId])).has(superiorId)) fail('REPORT_IS_OWN')
    const returnReason = requireReason(reason)
    if (reportState(report) === 'RETURNED') fail('REPORT_RETURNED_ALREADY')
    await reportStore.giveBack(tx, id, {
      returnedOn: today,
      returnedAt: now,
      returnedBy: actor.accountId,
      returnReason,
    })
    await recordAudit(work, [{ orgId, action: 'dues-report.returned', subjectType: 'DuesReport', subjectId: id }])
    await publish(work, [
      {
        ...{ type: 'dues.report.returned.v1', orgId, subject: orgId },
        data: { id, orgId, superiorId, year, on: today, version: 2 * edition },
      },
    ])
    return id
  },
  { rights: 'COUNTY' },
)
