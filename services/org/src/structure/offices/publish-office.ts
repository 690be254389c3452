import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import type { Office } from './office.ts'

/** Publishes that an office has been given, or that it ends. */
export const publishOffice = (work: Work, what: 'appointed' | 'ended', office: Office): Promise<void> => {
  const { id, accountId, role, orgId, startsOn, endsOn } = office
  const data = { id, accountId, role, orgId, startsOn, endsOn }
  return publish(work, [{ type: `org.office.${what}.v1`, orgId, subject: id, data }])
}
